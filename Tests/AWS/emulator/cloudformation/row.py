"""How a row makes, changes and removes a resource."""

from collections.abc import Callable
from dataclasses import dataclass, field

from emulator.cloudformation.parameters import operation, send


@dataclass
class Row:
    """Calls of a service, and what Ref and GetAtt return.

    `shape(properties, resource)` are the parameters of the creating call, `updated` those of the changing one, `deleted(resource)` those of
    the removing one; `ids(resource)` names the resource in calls. Without a changing call the resource is removed and made again, or,
    where there is `after`, that is done again.
    """

    service: str
    call: str
    shape: Callable = lambda properties, resource: properties
    ref: Callable = None
    update_call: str = None
    delete_call: str = None
    ids: Callable = lambda resource: {}
    attributes: dict = field(default_factory=dict)
    after: Callable = None
    updated: Callable = None
    deleted: Callable = None

    def create(self, resource):
        resource.answer = send(self.service, self.call, self.shape(resource.properties, resource), resource.stack.region)
        if self.after:
            self.after(resource)
        return resource.answer

    def update(self, resource):
        if self.update_call is None:
            if self.after:
                self.after(resource)
                return resource.answer
            self.delete(resource)
            return self.create(resource)
        known = operation(self.service, self.update_call).input_shape.members
        # What cannot be changed is not told: the schema of the type has it replaced.
        parameters = (self.updated or self.shape)(resource.properties, resource) | self.ids(resource)
        answer = send(self.service, self.update_call, {name: value for name, value in parameters.items() if name in known}, resource.stack.region)
        if self.after:
            self.after(resource)
        # Some changing calls answer with less than the creating one.
        return resource.answer | answer

    def delete(self, resource):
        if self.delete_call:
            send(self.service, self.delete_call, (self.deleted or self.ids)(resource), resource.stack.region)
