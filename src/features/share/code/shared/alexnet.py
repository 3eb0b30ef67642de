# AlexNet (Krizhevsky, Sutskever, Hinton 2012; as torchvision has it, Krizhevsky 2014)

ALEXNET_CHANNELS = {'paper': [96, 256, 384, 384, 256], 'pytorch': [64, 192, 384, 256, 256]}
