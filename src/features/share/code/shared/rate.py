def rate_at(step):
    """The learning rate of the step that follows `step` finished ones."""
    recipe = EXPERIMENT['recipe']
    warm_up = recipe['warmUp']
    if warm_up is not None and step < warm_up['steps']:
        return warm_up['rate']
    rate = recipe['learningRate']
    for drop in recipe['drops']:
        if step >= drop['step']:
            rate /= drop['by']
    return rate
