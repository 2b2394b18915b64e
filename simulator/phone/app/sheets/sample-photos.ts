export interface SamplePhoto {
  name: string;
  /** From the top of the sky to the ground. */
  colors: string[];
}

export const SAMPLE_PHOTOS: SamplePhoto[] = [
  { name: 'morning', colors: ['#8ec5ff', '#e0f0ff', '#8fbf7f'] },
  { name: 'evening', colors: ['#5b3f8f', '#f29f67', '#3d3550'] },
  { name: 'sea', colors: ['#bfe9f5', '#4aa8c9', '#13506b'] },
];

/** Paints a picture of 640 × 480 as JPEG. */
export function paintPhoto({ colors }: SamplePhoto): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  if (context) {
    const sky = context.createLinearGradient(0, 0, 0, canvas.height);
    for (const [index, color] of colors.entries()) sky.addColorStop(index / (colors.length - 1), color);
    context.fillStyle = sky;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = 'rgb(255 255 255 / 0.85)';
    context.beginPath();
    context.arc(480, 130, 46, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = 'rgb(0 0 0 / 0.25)';
    context.beginPath();
    context.moveTo(0, 400);
    for (const [x, y] of [
      [140, 270],
      [250, 360],
      [380, 240],
      [640, 390],
      [640, 480],
      [0, 480],
    ] as const)
      context.lineTo(x, y);
    context.fill();
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.85);
  });
}
