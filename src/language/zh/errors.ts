import type { Catalog } from '../say.ts';

export const errors: Catalog['errors'] = {
  device: '计算后端 {backend}：{reason}；{remedy}',
  'device.chooseAnother': '请选择其他后端或“自动”',
  'device.currentBrowser': '请使用较新的浏览器',
  'device.smaller': '请按“重置”，并改用更小的网络或批量',
  'device.lost': '计算后端 {backend}：设备丢失（{reason}）；请按“重置”',
  'device.netLost': '网络：所用设备丢失（{reason}）；请重新加载该网络',
  'device.noReason': '浏览器没有说明原因',
  'device.lostOften': '一分钟内设备丢失了 {count, number} 次',
  'device.notStarted': 'tfjs 无法启动它',
  'device.late': '{seconds, number} 秒内没有启动',
  'device.another': 'tfjs 启动了另一个后端',
  'device.noWasm': '此浏览器没有 WebAssembly',
  'device.noSimd': '此浏览器没有 WebAssembly SIMD',
  'device.noWebgpu': '此浏览器没有 WebGPU',
  'device.noAdapter': '浏览器没有提供图形适配器',
  'device.software': '{adapter} 用软件计算，比 WebAssembly 慢',
  'memory.training':
    '网络 {name}：训练需要 {needed, number} MB，而这里的 {backend} 只有 {limit, number} MB；请选择更小的网络、批量或图片尺寸',
  'memory.running':
    '网络 {name}：运行需要 {needed, number} MB，而这里的 {backend} 只有 {limit, number} MB；请选择更小的网络',
  'memory.tensor':
    '网络 {name}：最大的张量需要 {needed, number} MB，而这里的 {backend} 最多允许 {limit, number} MB；{remedy}',
  'memory.smaller': '请选择更小的网络、批量或图片尺寸',
  'memory.smallerNet': '请选择更小的网络',
  'branch.diverged': '网络 {name}：已在第 {step} 步发散；请先回退',
  'branch.optionC': '网络 {name}：在选项 C 中没有恒等快捷连接；请选择 A 或 B',
  'branch.depth': '网络 {name}：{problem}',
  storage: '存储：无法保存{what}（{reason}）；{follows}',
  'storage.dataset': '数据集 {name}',
  'storage.race': '本次对比训练',
  'storage.run': '这条训练记录',
  'storage.weights': '{repository} 的权重',
  'storage.full': '浏览器没有更多空间可供本页使用',
  'storage.untilTabCloses': '它会保留到此标签页关闭为止',
  'storage.untilReleased': '它们会保留到该网络卸载为止',
};
