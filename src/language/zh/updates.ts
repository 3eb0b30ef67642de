import type { Catalog } from '../messages.ts';

export const updates: Catalog['updates'] = {
  title: '网页有新版本',
  ready: '本网页的新版本已准备好。对比训练已保存，重新加载后可以继续。',
  elsewhere: '本网页已在另一个标签页中更新。请重新加载以使用新版本；对比训练已保存，可以继续。',
  reload: '重新加载',
};
