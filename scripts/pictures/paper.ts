import type { Page } from '@playwright/test';
import sharp from 'sharp';

/** Takes the card of figure 6: the paper's numbers beside those of this engine's record. */
export async function paper(page: Page, output: string): Promise<void> {
  const card = page.getByRole('article', { name: /^Figure 6/ });
  await card.scrollIntoViewIfNeeded();
  await card.getByText('ResNet-110').first().waitFor();
  await sharp(await card.screenshot())
    .webp({ quality: 60, effort: 6 })
    .toFile(output);
}
