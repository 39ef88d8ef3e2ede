/** How arguments are written, for the help of the commands that take them. */
export const argumentHelp = `
How arguments are written:
  name=value     typed as its schema wants it; an array or object is written in JSON
  name:=json     JSON, whatever the schema says
  @file and -    in the place of a value: the content of a file, or of standard input
  --args <json>  several at once; of one name the last --args counts, and name=value before it
What is missing is asked for on a terminal.
`;
