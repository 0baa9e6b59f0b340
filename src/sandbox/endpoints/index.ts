import { createAgent, deleteAgent, listAgents, readAgent, updateAgent } from './agents';
import {
  createDeployment,
  deleteDeployment,
  listDeployments,
  promptDeployment,
  readConversation,
  readDeployment,
  stopDeployment,
} from './deployments';
import type { Endpoint } from './endpoint';
import { authenticate, listOrganizations } from './organizations';
import { createTask, deleteTask, listTasks, readTask, updateTask } from './tasks';

/** Every path that the sandbox answers. */
export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map(
  Object.entries({
    '/authenticate': authenticate,
    '/organizations/list': listOrganizations,
    '/agents/list': listAgents,
    '/agents/create': createAgent,
    '/agents/read': readAgent,
    '/agents/update': updateAgent,
    '/agents/delete': deleteAgent,
    '/agents/tasks/list': listTasks,
    '/agents/tasks/create': createTask,
    '/agents/tasks/read': readTask,
    '/agents/tasks/update': updateTask,
    '/agents/tasks/delete': deleteTask,
    '/agents/deployments/create': createDeployment,
    '/agents/deployments/read': readDeployment,
    '/agents/deployments/list': listDeployments,
    '/agents/deployments/prompt': promptDeployment,
    '/agents/deployments/stop': stopDeployment,
    '/agents/deployments/delete': deleteDeployment,
    '/agents/deployments/conversation/read': readConversation,
  }),
);
