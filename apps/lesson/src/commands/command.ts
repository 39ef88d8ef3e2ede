import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** Adds a command to the program. */
export type AddCommand = (program: Command, context: Context) => void;
