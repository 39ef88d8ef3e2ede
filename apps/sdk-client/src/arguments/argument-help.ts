/** Explains how to write arguments, for the help of commands that take them. */
export const argumentHelp = `
How arguments are written:
  name=value     converted to the type in the schema; write arrays and objects in JSON
  name:=json     JSON, without a look at the schema
  @file and -    as a value: the content of a file, or of standard input
  --args <json>  several at once; a later --args overrides an earlier one, and name=value overrides both
On a terminal the client asks for missing arguments.
`;
