import { OWNER, type Endpoint } from './endpoint';

export const authenticate: Endpoint = () => ({});

export const listOrganizations: Endpoint = ({ state }) => ({
  organizations: state.organizations.map(({ id, name, type, members, preferred }) => ({
    id,
    name,
    type,
    ownerName: OWNER.name,
    members,
    preferred,
  })),
});
