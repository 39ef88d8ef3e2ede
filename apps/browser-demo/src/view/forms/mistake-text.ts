import type { JsonMistake } from '../../forms/json-mistake.ts';
import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';

/** The sentence for a text that is not the JSON that is required. Without a mistake, it is JSON but not an object. */
export function mistakeText(mistake: JsonMistake | undefined): Message {
    if (!mistake) return message(say.json.notAnObject);
    const { line, column, found } = mistake;
    return found === ''
        ? message(say.json.endsEarly, { line, column })
        : message(say.json.unexpected, { line, column, found });
}
