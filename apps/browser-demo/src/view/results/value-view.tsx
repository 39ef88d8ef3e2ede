import * as say from '../../i18n/texts.ts';
import { isRecord, prettyJson } from '../../mcp/json-rpc.ts';
import { t } from '../../state/preferences/language.ts';

/** Deeper values and longer lists are shown as JSON. */
const MAX_DEPTH = 4;
const MAX_ROWS = 50;

/** A JSON value as nested tables. */
export function ValueView({ value, depth = 0 }: { value: unknown; depth?: number }) {
    if (!Array.isArray(value) && !isRecord(value)) return <Plain value={value} />;
    const rows = Object.entries(value);
    if (rows.length === 0) return <span class="muted">{t(say.content.empty)}</span>;
    if (depth >= MAX_DEPTH || rows.length > MAX_ROWS) {
        return <code>{prettyJson(value)}</code>;
    }
    return (
        <table class="data">
            <tbody>
                {rows.map(([name, member]) => (
                    <tr key={name}>
                        <th scope="row">{name}</th>
                        <td>
                            <ValueView value={member} depth={depth + 1} />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

/** Text is shown as it is, other values as code, so that 5 and "5" look different. */
function Plain({ value }: { value: unknown }) {
    if (value === '') return <span class="muted">{t(say.content.empty)}</span>;
    return typeof value === 'string' ? <span>{value}</span> : <code>{JSON.stringify(value)}</code>;
}
