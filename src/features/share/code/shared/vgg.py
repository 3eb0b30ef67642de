# VGG (Simonyan and Zisserman 2014, columns D and E)

VGG_LAYERS = {16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4]}
VGG_CHANNELS = [64, 128, 256, 512, 512]
