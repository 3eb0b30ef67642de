/** The data sets of Hugging Face that are a click away. */
export const HUB_SETS = [
  { title: 'CIFAR-10', dataset: 'uoft-cs/cifar10' },
  { title: 'CIFAR-100', dataset: 'uoft-cs/cifar100' },
  { title: 'MNIST', dataset: 'ylecun/mnist' },
  { title: 'Fashion-MNIST', dataset: 'zalando-datasets/fashion_mnist' },
] as const;

/** What people call a data set. */
export function titleOf(dataset: string): string {
  return HUB_SETS.find((each) => each.dataset === dataset)?.title ?? dataset;
}

const ADDRESS = /^https?:\/\/(?:huggingface\.co|hf\.co)\/datasets\//i;
const NAME = /^[\w.-]{1,96}\/[\w.-]{1,96}$/;

/** The "owner/name" in what a person typed or pasted, an address perhaps; null where there is none. */
export function datasetIn(text: string): string | null {
  const [owner = '', name = ''] = text.trim().replace(ADDRESS, '').split(/[/?#]/);
  return NAME.test(`${owner}/${name}`) ? `${owner}/${name}` : null;
}
