import { PREFIX } from '../keys.ts';
import { RUNS_IF_FULL } from './prelude.ts';

/**
 * Decides which epoch this process works in. All keys of sessions have the epoch in their names, so that a new epoch leaves
 * what is older behind, which then expires.
 *
 * After each restart of Redis, the count of writes that it came back with is noted. A process that had seen a higher one
 * before knows that writes were lost, even if others have written since.
 *
 * KEYS: the epoch. ARGV: the name of this run of Redis, the epoch that the process knows or nothing, the highest count
 * that it has seen, the run in which it saw that, the name for a new epoch, `keepMs`, and whether a script found a loss.
 * Returns the epoch and its count.
 */
export const HELLO = `${RUNS_IF_FULL}
local call = redis.call
local run, known, seen, seenRun, fresh, keepMs = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6]
local found = call('HMGET', KEYS[1], 'id', 'run')
local epoch = found[1]
local count = epoch and tonumber(call('GET', '${PREFIX}' .. epoch .. ':writes') or 0) or 0
local lost = count == 0
if not lost and found[2] ~= run then
    call('HSET', KEYS[1], 'after:' .. found[2], count, 'run', run)
end
if not lost and epoch == known then
    local back = seenRun == run and count or tonumber(call('HGET', KEYS[1], 'after:' .. seenRun) or 0)
    lost = back < seen or ARGV[7] == '1'
end
if lost then
    if epoch then call('DEL', '${PREFIX}' .. epoch .. ':writes') end
    epoch, count = fresh, 1
    call('DEL', KEYS[1])
    call('HSET', KEYS[1], 'id', epoch, 'run', run)
    call('SET', '${PREFIX}' .. epoch .. ':writes', count)
end
call('PEXPIRE', KEYS[1], keepMs)
call('PEXPIRE', '${PREFIX}' .. epoch .. ':writes', keepMs)
return { epoch, count }
`;

/**
 * Reports that this process lives, and takes over what dead processes have left: at most 100 sessions
 * with messages, and 100 whose clients may not come back, at a time.
 *
 * KEYS: the processes, the counter of writes, the wake stream of this process, the epoch. ARGV: the highest count seen,
 * this process, `leaseMs`, `keepMs`, the id of the last wake that it has read. Returns the count, whether its wakes were
 * lost, the id to read wakes after, whether there may be more to take over, and all other processes that are alive.
 */
export const BEAT = `${RUNS_IF_FULL}
local call = redis.call
local processes, counter, wakes, epoch = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local me, leaseMs, keepMs, lastId = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local count = call('INCR', counter)
if count <= tonumber(ARGV[1]) then
    if count == 1 then call('DEL', counter) end
    return { 0 }
end
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local prefix = string.sub(counter, 1, -7)

local missed = 0
if call('EXISTS', wakes) == 0 then
    -- Later than all that was read, even if this machine's clock is behind the last one's.
    local ms = math.max(now, tonumber(string.match(lastId, '^%d+')) + 1)
    lastId = call('XADD', wakes, ms .. '-0', 'c', 'begin')
    missed = 1
else
    call('XTRIM', wakes, 'MINID', lastId)
end
call('ZADD', processes, now + leaseMs, me)
call('PEXPIRE', wakes, leaseMs * 10)
for _, key in ipairs({ processes, counter, epoch }) do call('PEXPIRE', key, keepMs) end
for _, name in ipairs({ 'busy:' .. me, 'held:' .. me, 'sessions', 'clients', 'unused' }) do call('PEXPIRE', prefix .. name, keepMs) end

local function alive(process)
    return process and process ~= '' and tonumber(call('ZSCORE', processes, process) or 0) > now
end
local dead = call('ZRANGEBYSCORE', processes, '-inf', now, 'LIMIT', 0, 1)[1]
if dead then
    local left = call('SPOP', prefix .. 'busy:' .. dead, 100)
    for _, id in ipairs(left) do
        local S = prefix .. '{' .. id .. '}'
        if call('XLEN', S .. ':in') > 0 and call('EXISTS', S) == 1 then
            local owner = call('HGET', S, 'o')
            local heir = alive(owner) and owner or me
            call('SADD', prefix .. 'busy:' .. heir, id)
            call('PEXPIRE', prefix .. 'busy:' .. heir, keepMs)
            call('HSET', S, 'w', heir)
            call('XADD', '${PREFIX}wake:' .. heir, 'NOMKSTREAM', '*', 's', id, 'c', heir == owner and 'inbox' or 'orphaned')
        end
    end
    local held = call('SPOP', prefix .. 'held:' .. dead, 100)
    for _, id in ipairs(held) do
        local S = prefix .. '{' .. id .. '}'
        if call('HGET', S, 'a') == dead then
            call('SADD', prefix .. 'held:' .. me, id)
            call('PEXPIRE', prefix .. 'held:' .. me, keepMs)
            call('HSET', S, 'a', me, 'left', me)
            call('XADD', wakes, '*', 's', id, 'c', 'left')
        end
    end
    if #left < 100 and #held < 100 then call('ZREM', processes, dead) end
end
local others = {}
for _, other in ipairs(call('ZRANGEBYSCORE', processes, '(' .. now, '+inf')) do
    if other ~= me then table.insert(others, other) end
end
return { count, missed, lastId, dead and 1 or 0, others }
`;

/**
 * The last report of a process. What it leaves is taken over at the next beat of another. If it was the last one and there
 * is no session, nothing is left.
 *
 * KEYS and ARGV: as for `BEAT`.
 */
export const LEAVE = `${RUNS_IF_FULL}
local call = redis.call
local processes, counter, wakes, epoch = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix = string.sub(counter, 1, -7)
call('DEL', wakes)
if call('SCARD', prefix .. 'busy:' .. ARGV[2]) + call('SCARD', prefix .. 'held:' .. ARGV[2]) > 0 then
    call('ZADD', processes, 0, ARGV[2])
else
    call('ZREM', processes, ARGV[2])
end
if call('EXISTS', processes) == 0 and call('EXISTS', prefix .. 'sessions') == 0 then call('DEL', counter, epoch) end
return { 1 }
`;
