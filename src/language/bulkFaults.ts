/** What is wrong with a list, and why a line of it can't be asked for. */
export function lineAlreadyOpenText(name: string): string {
  return `It has an open request already: ${name}.`;
}

export function lineClosedText(at: string): string {
  return `It could be cancelled until ${at} only; refund it instead.`;
}

export const listFaults = {
  empty: 'Paste the payments, one a line, or choose a CSV file that has some.',
  both: 'Paste the payments or choose a file, but not both.',
  unreadable: 'The file could not be read. It has to be a CSV file of text in UTF-8; please try again.',

  unnamedColumn:
    'It has more columns than were named. Name all columns in the first line, or give one column of references.',
} as const;

export function tooManyLinesText({ lines, max }: { readonly lines: number; readonly max: number }): string {
  return `It has ${lines} payments, and a bulk takes ${max}; please split it.`;
}

export function tooLargeFileText(kilobytes: number): string {
  return `The file is larger than ${kilobytes} kB, so it can't be a list of payments.`;
}

export function unknownColumnText({
  column,
  columns,
}: {
  readonly column: string;
  readonly columns: string;
}): string {
  return `There is no column “${column}”. The columns are: ${columns}.`;
}

export function unknownChoiceText({
  label,
  typed,
  choices,
}: {
  readonly label: string;
  readonly typed: string;
  readonly choices: string;
}): string {
  return `${label} can't be “${typed}”, only one of: ${choices}.`;
}

export function duplicateText(line: number): string {
  return `It is the same payment as in line ${line}.`;
}

/** A fault of a line, with where it is. */
export function lineFaultText({
  line,
  payment,
  says,
}: {
  readonly line: number;
  readonly payment: string;
  readonly says: string;
}): string {
  return `Line ${line}${payment === '' ? '' : ` (${payment})`}: ${says}`;
}

export function moreFaultsText(more: number): string {
  return `And ${more} more; please correct these first.`;
}
