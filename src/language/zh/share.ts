import type { Catalog } from '../messages.ts';

export const share: Catalog['share'] = {
  saveFigure: '保存：{figure}',
  csv: '数据（CSV）',
  svg: '图片（SVG）',
  png: '图片（PNG）',
  asTable: '显示图表时才能保存图片。',
  sourceMeasured: '{source} 由 ResNet Playground 在浏览器中测量。',
  measured: '由 ResNet Playground 在浏览器中测量。',
  noisyCanvas:
    '图片：这个浏览器会给页面读回的像素加入噪声（防止指纹识别）；请允许本站读取画布，或把不含图片的图表保存为 SVG',
  tooLarge: '图片：对浏览器来说太大',
};
