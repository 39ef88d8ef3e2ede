import { describeList } from '../actions/describe-list.ts';
import type { AddCommand } from './command.ts';

export const addList: AddCommand = (program, context) => {
    program
        .command('list')
        .description(context.texts.about.list)
        .action(() => context.print(describeList(context)));
};
