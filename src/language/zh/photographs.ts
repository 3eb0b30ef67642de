import type { Catalog } from '../messages.ts';

export const photographs: Catalog['photographs'] = {
  title: '大量照片',
  about:
    '给出带标签的照片，真正的网络会在本设备上依次为它们分类：18 到 152 层的 ResNet、带或不带批量归一化的 VGG-16 和 VGG-19、AlexNet、GoogLeNet。ResNet 和 VGG 的权重可以下载，其余的需要你提供权重文件。照片不离开你的浏览器。',
  source:
    '每张照片的短边缩放到 256 像素，裁出中间 224 像素，分类一次，与 torchvision 的测试相同；超过 1600 万像素的照片，除 PNG 外，先由浏览器缩小。错误率是已分类照片中的比例，附上独立照片比例的标准误（Agresti 与 Coull 1998）。速度只计前向计算，不含解码。',
  clear: '移除照片',

  classes: '标签是什么',
  imageNetClasses: 'ImageNet 的类别',
  ownClasses: '其他类别',
  classNames: '类别名称，按网络输出的顺序，每行一个',
  classNamesHint:
    '留空时，标签本身就是类别，按字符顺序排列，与 PyTorch 的 ImageFolder 给文件夹编号的方式相同。整数标签表示网络的输出编号。',
  files: '选择文件',
  folder: '选择文件夹',
  drop: '或把文件夹、zip 或 Parquet 文件拖到这里：文件夹以类别或 WordNet 编号命名，或在图片旁放一个含 file 和 label 两列的 CSV 文件（label 为 WordNet 编号、名称或从 0 开始的数字）',
  noFiles: '照片：给出的内容中没有文件；请选择文件，或含有文件的文件夹',
  listing: '正在列出文件：已找到 {photos, plural, other {#}} 张图片',
  listingBegins: '正在列出文件',
  listedAgain: '文件已重新列出，照片与之前不同：所有答案重新开始。',
  summary:
    '{name} 中有 {photos, plural, other {#}} 张照片，属于 {classes, plural, other {#}} 个类别中的 {found, number} 个',
  unknown:
    '有 {photos, plural, other {#}} 张图片未使用：它们的 {labels, plural, other {#}} 个标签不对应任何类别（{examples}）。',
  leftOut: '另有 {files, plural, other {#}} 个文件未使用',
  unread: '{photos, plural, other {#}} 张照片无法解码',
  missed: '{photos, plural, other {#}} 张照片无法读取；下次运行时会重试',
  noisy:
    '这个浏览器会改动图片的像素（防止指纹识别），甚至只剩噪声或一片白，因此网络在这些照片上的错误可能是浏览器造成的。sRGB 的 PNG 不受影响；对其他图片，请允许本页读取画布并重新选择文件，或换用其他浏览器。',
  fault: '{path}：{reason}',

  run: '开始分类',
  resume: '继续',
  pause: '暂停',
  howMany: '使用多少张照片',
  use: '{photos, number} 张照片',
  useAll: '全部 {photos, number} 张照片',
  progress: '已分类的照片',
  noNets: '请让一个已有权重的网络参与，或在下方添加权重文件。',
  done: '{done, number} 个答案，共 {total, number} 个',
  classifying: '{net} 正在分类：{done, number} 个答案，共 {total, number} 个',
  begins: '开始处理 {net}',
  fetchingNet: '正在下载 {net}：{percent}%',
  loadingNet: '正在加载 {net}：{percent}%',
  otherClasses: '它区分 {own, number} 个类别，而标签有 {classes, number} 个类别。',

  netsTable: '各网络及其错误率',
  takePart: '{net} 参与',
  weights: '权重',
  weightsKept: '在浏览器中',
  weightsToFetch: '需要下载',
  weightsMissing: '不在这里；请添加文件',
  photos: '照片数',
  top1: 'top-1 错误率',
  top5: 'top-5 错误率',
  rate: '每秒图片数',
  addWeights: '添加权重文件',
  removeWeights: '{net} 不再使用 {file}',
  addWeightsAbout: '可一次选择多个 .safetensors 文件；按其中的张量识别。',
  unrecognised:
    '权重文件：{file} 不含这些网络中任何一个的权重；请选择张量按 torchvision、timm 或 transformers 方式命名的文件',
  passedOver: '权重文件：{file} 与其后的一个文件都是 {net} 的，使用后者；每个网络请只选一个文件',

  chartTitle: '错误率与深度、开销',
  chart: '这些照片上的 {error}（百分比）及标准误：{points}',
  point: '{name} {error} ± {spread}',
  readingOne: '误差线为 {photos, plural, other {#}} 张照片的一个标准误。只有一个网络时，无法说明深度的作用。',
  reading:
    '误差线为一个标准误，照片数为 {equal, select, yes {} other {{least, number} 到 }}{photos, plural, other {#}}。{pairs, plural, =1 {两个网络在相同照片上{told, plural, =0 {不能} other {能够}}区分} other {# 对网络中，{told, plural, =0 {没有一对} other {有 {told, number} 对}}在相同照片上能够区分}}（带连续性校正的 McNemar 检验，两个标准误）。ImageNet 公布的数字来自 50,000 张照片。',

  confusions: '什么被当成了什么',
  confusionsOf: '谁的错误',
  noConfusions: '目前没有错误。',
  confusion: '{truth} 被当成 {told}：{photos, number}',
  moreConfusions: '显示更多：还有 {rows, plural, other {#}} 对类别',
  morePictures: '显示更多：还有 {photos, plural, other {#}} 张照片',
};
