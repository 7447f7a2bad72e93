"""CloudFormation: templates, stacks, change sets and the resources that moto does not make."""
