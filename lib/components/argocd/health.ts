/**
 * When a child Application counts as healthy, in Argo CD's Lua. Argo CD has had no such rule of its own since 1.8, so
 * that a sync wave of Applications would not wait for the one before it. Healthy alone is not enough: a child that has
 * never been synced has nothing that could be unhealthy. In sync alone is too much: a field that another controller
 * keeps changing would hold up every later wave for ever.
 * Source of the fields: argo-cd docs/operator-manual/health.md and the Application CRD.
 */
export const APPLICATION_HEALTH = `local result = { status = "Progressing", message = "waits for its first sync" }
if obj.status == nil then
  return result
end
local inSync = obj.status.sync ~= nil and obj.status.sync.status == "Synced"
local operation = obj.status.operationState
if not inSync and (operation == nil or operation.phase ~= "Succeeded") then
  if operation ~= nil and operation.message ~= nil then
    result.message = operation.message
  end
  return result
end
if obj.status.health ~= nil and obj.status.health.status ~= nil then
  result.status = obj.status.health.status
  result.message = obj.status.health.message or ""
end
return result
`;
