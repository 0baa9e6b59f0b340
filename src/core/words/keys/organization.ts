export type OrganizationKey =
  | 'organization.switched'
  | 'organization.active'
  | 'organization.defaultModel'
  | 'organization.neverRun'
  | 'organization.scheduled'
  | 'organization.statusCount'
  | 'organization.newProject'
  | 'organization.newProjectDetail'
  | 'organization.oneProject'
  | 'organization.oneProjectDetail';
