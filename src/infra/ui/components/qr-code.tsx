import { create } from 'qrcode';

/** A QR code as one SVG path, black on white in both colour schemes, since cameras want it so. */
export function QrCode(props: { text: string; label: string }) {
  const { modules } = create(props.text, { errorCorrectionLevel: 'M' });
  const edge = modules.size + 8;
  return (
    <svg class="qr" viewBox={`0 0 ${edge} ${edge}`} role="img" aria-label={props.label} shape-rendering="crispEdges">
      <rect class="qr-ground" width={edge} height={edge} />
      <path class="qr-dark" d={pathOf(modules)} />
    </svg>
  );
}

/** One horizontal stroke for each run of dark modules, inside a quiet zone of four. */
function pathOf(modules: { size: number; get(row: number, column: number): number }): string {
  const strokes: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      const start = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      if (column > start) strokes.push(`M${start + 4} ${row + 4}h${column - start}v1h-${column - start}z`);
    }
  }
  return strokes.join('');
}
