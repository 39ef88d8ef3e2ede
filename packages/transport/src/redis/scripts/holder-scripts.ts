import { RUNS_IF_FULL, toReadScript, toWriteScript } from './prelude.ts';
import { UNREAD } from './unread.ts';

/** ARGV: stream. */
export const HOLD =
    RUNS_IF_FULL +
    toWriteScript(`
local stream = ARGV[5]
local found = call('HMGET', S, 'o', 'h' .. stream, 'u' .. stream, 'x', 'd' .. stream)
if not found[1] or (stream ~= '0' and not found[3]) then return { count, 'unknown' } end
if found[2] ~= me then
    if found[2] then wake(found[2], 'superseded', stream) end
    call('HSET', S, 'h' .. stream, me)
end
if stream == '0' then
    call('HDEL', S, 'left')
    attend(me)
end
touch(found[4])
return { count, 'held', alive(found[1]) and found[1] or '', found[5] or '0' }
`);

/** ARGV: stream, position that the client has. */
export const UNHOLD =
    RUNS_IF_FULL +
    toWriteScript(
        UNREAD,
        `
local stream = ARGV[5]
noteReadByMe(stream)
if call('HGET', S, 'h' .. stream) ~= me then return { count } end
call('HDEL', S, 'h' .. stream)
if stream == '0' then
    call('HSET', S, 'd0', ARGV[6], 'left', me)
    attend(me)
end
return { count }
`
    );

/** ARGV: stream. Returns the owner, or nothing at all. */
export const HOLDS = toReadScript(`
local found = call('HMGET', S, 'h' .. ARGV[5], 'o')
if found[1] ~= me then return { count } end
return { count, alive(found[2]) and found[2] or '' }
`);
