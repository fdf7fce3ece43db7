/** What is read and not changed: a table whose rows have a name each, a small one of figures, and a command as it is typed. */
import type { ComponentChildren } from "preact";

interface TableProps {
  /** For those who cannot see what stands around it. */
  readonly title?: string;
  readonly heads: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly class?: string;
}

/** A small one. */
export function Figures({ class: more = "", ...table }: TableProps) {
  return <Table {...table} class={`figures-table ${more}`} />;
}

/** As wide as its cells want. */
export function Table({ title, heads, rows, class: styles }: TableProps) {
  return (
    <table class={styles} aria-label={title}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells], at) => (
          <tr key={at}>
            <th scope="row">{name}</th>
            {cells.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For whoever looks after the deployment. */
export function CommandLine({ children }: { readonly children: string }) {
  return (
    <p class="command">
      <code>{children}</code>
    </p>
  );
}
