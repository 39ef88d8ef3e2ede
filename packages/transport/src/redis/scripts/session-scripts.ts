import { RUNS_IF_FULL, toReadScript, toWriteScript } from './prelude.ts';

/** ARGV: credential. */
export const FIND = toReadScript(`
local found = call('HMGET', S, 'c', 't', 'o', 'f', 'mcp')
if found[1] ~= ARGV[5] then return { count } end
return { count, found[2], alive(found[3]) and found[3] or '', found[4], found[5] or '' }
`);

/** Returns the fence, the record, and of each stream that has events and has not ended its number and last position. */
export const CLAIM =
    RUNS_IF_FULL +
    toWriteScript(`
local found = call('HMGET', S, 't', 'o', 'f', 'k', 'past', 'init', 'set', 'x', 'mcp')
if not found[1] then return { count } end
if not alive(me) then return { count, 'late' } end
local owner = found[2]
local waiting = call('XLEN', S .. ':in') > 0
if owner ~= me and alive(owner) then
    -- It may have been thought dead when the messages came.
    if waiting then
        watch(owner)
        wake(owner, 'inbox')
    end
    return { count }
end
if owner ~= '' and owner ~= me then wake(owner, 'claimed') end
local past = ''
if waiting then
    past = found[5] or ''
    if found[4] ~= '0' then past = past .. found[4] .. ' ' end
    watch(me)
end
call('HSET', S, 'o', me, 'f', found[3] + 1, 'k', 0, 'past', past)
touch(found[8])
local reply = { count, 'claimed', found[3] + 1, found[1], found[9] or '', found[6] or '', found[7] or '[]' }
local fields = call('HGETALL', S)
for i = 1, #fields, 2 do
    local stream = string.match(fields[i], '^l(%d+)$')
    if stream then table.insert(reply, stream .. ' ' .. fields[i + 1]) end
end
return reply
`);

/** ARGV: fence. Another process that holds stream 0 should claim the session; for messages that wait, any other may. */
export const RELEASE =
    RUNS_IF_FULL +
    toWriteScript(`
local found = call('HMGET', S, 'o', 'f', 'h0')
if found[1] ~= me or found[2] ~= ARGV[5] then return { count } end
call('HSET', S, 'o', '')
local heir = found[3] ~= me and alive(found[3]) and found[3]
if call('XLEN', S .. ':in') > 0 then
    if not heir then
        heir = me
        for _, other in ipairs(call('ZREVRANGE', processes, 0, 1)) do
            if other ~= me and alive(other) then heir = other end
        end
    end
    watch(heir)
end
if heir then wake(heir, 'orphaned') end
return { count }
`);

/** ARGV: fence, revision of MCP or nothing, `initialize` or nothing, settings. */
export const SAVE =
    RUNS_IF_FULL +
    toWriteScript(`
local found = call('HMGET', S, 'o', 'f', 'x')
if found[1] ~= me or found[2] ~= ARGV[5] then return { count, 'fenced' } end
for name, value in pairs({ mcp = ARGV[6], init = ARGV[7] }) do
    if value ~= '' then call('HSET', S, name, value) else call('HDEL', S, name) end
end
call('HSET', S, 'set', ARGV[8])
touch(found[3])
return { count, 'written' }
`);
