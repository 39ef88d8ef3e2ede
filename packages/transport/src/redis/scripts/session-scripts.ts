import { toReadScript, toWriteScript } from './prelude.ts';

/** ARGV: transport, credential, `maxSessions`, whether this process holds stream 0. The set of all sessions is only looked through when it is full. */
export const OPEN = toWriteScript(`
local sessions = prefix .. 'sessions'
local known = call('HMGET', S, 'o', 'f')
if known[2] then
    if known[1] == me and known[2] == '1' then return { count, 'opened' } end
    return redis.error_reply('another process has a session with this id')
end
local max = tonumber(ARGV[7])
if call('ZCARD', sessions) >= max then
    -- Sessions that were used have a later expiry than is noted here.
    for _, other in ipairs(call('ZRANGEBYSCORE', sessions, '-inf', now, 'LIMIT', 0, 100)) do
        local left = call('PTTL', prefix .. '{' .. other .. '}')
        if left < 0 then call('ZREM', sessions, other) else call('ZADD', sessions, now + left, other) end
    end
    if call('ZCARD', sessions) >= max then return { count, 'too-many-sessions' } end
end
call('HSET', S, 't', ARGV[5], 'c', ARGV[6], 'o', me, 'f', 1, 'n', 0, 'k', 0, 's', 0, 'x', now)
if ARGV[8] == '1' then call('HSET', S, 'h0', me) end
call('PEXPIRE', S, lifeMs)
call('ZADD', sessions, now + lifeMs, id)
for _, key in ipairs({ sessions, counter, 'calc:epoch' }) do call('PEXPIRE', key, keepMs) end
return { count, 'opened' }
`);

/** ARGV: credential. */
export const FIND = toReadScript(`
local found = call('HMGET', S, 'c', 't', 'o', 'f', 'init', 'set')
if found[1] ~= ARGV[5] then return { count } end
return { count, found[2], alive(found[3]) and found[3] or '', found[4], found[5] or '', found[6] or '[]' }
`);

export const CLAIM = toWriteScript(`
local found = call('HMGET', S, 't', 'o', 'f', 'k', 'past', 'init', 'set', 'x')
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
return { count, 'claimed', found[3] + 1, found[1], found[6] or '', found[7] or '[]' }
`);

/** ARGV: fence. Another process that holds stream 0 should claim the session; for messages that wait, any other may. */
export const RELEASE = toWriteScript(`
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

/** ARGV: fence, `initialize` or nothing, settings. */
export const SAVE = toWriteScript(`
local found = call('HMGET', S, 'o', 'f', 'x')
if found[1] ~= me or found[2] ~= ARGV[5] then return { count, 'fenced' } end
if ARGV[6] ~= '' then call('HSET', S, 'init', ARGV[6]) else call('HDEL', S, 'init') end
call('HSET', S, 'set', ARGV[7])
touch(found[3])
return { count, 'written' }
`);

/** ARGV: reason, whether to end the session only if no living process holds a stream of it. Streams of answered POSTs expire by themselves within \`rememberMs\`. */
export const END = toWriteScript(`
local fields = call('HGETALL', S)
if #fields == 0 then return { count, 'unknown' } end
if ARGV[6] == '1' then
    for i = 1, #fields, 2 do
        if string.match(fields[i], '^h%d+$') and alive(fields[i + 1]) then return { count, 'held' } end
    end
end
unwatch()
local woken = { [me] = true, [''] = true }
local credential = ''
for i = 1, #fields, 2 do
    local kind, stream = string.match(fields[i], '^([hlu])(%d+)$')
    if (fields[i] == 'o' or kind == 'h') and not woken[fields[i + 1]] then
        woken[fields[i + 1]] = true
        wake(fields[i + 1], 'ended')
    end
    if fields[i] == 'c' then credential = fields[i + 1] end
    if kind == 'l' then call('DEL', S .. ':out:' .. stream) end
end
call('DEL', S, S .. ':in', S .. ':flight', S .. ':recent', S .. ':older', S .. ':kept')
call('ZREM', prefix .. 'sessions', id)
call('SET', S .. ':ended', credential .. ' ' .. ARGV[5], 'PX', 60000)
return { count, 'ended' }
`);
