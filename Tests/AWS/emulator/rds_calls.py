"""moto's instances of RDS get a Postgres each, a resource id of their own, and what moto forgets about a restored one."""

import contextvars
import json
import secrets

from moto.rds.models import RDSBackend

restoring = contextvars.ContextVar("restoring", default=False)


# As moto has them.
create, restore, delete = RDSBackend.create_db_instance, RDSBackend.restore_db_instance_to_point_in_time, RDSBackend.delete_db_instance


def install(instances):

    def prepared(backend, made):
        made.dbi_resource_id = "db-" + secrets.token_hex(13).upper()
        instance = instances.add(made.db_instance_identifier, made.address, made.dbi_resource_id, backend.account_id, backend.region_name)
        made.port = instance.port
        return instance

    def create_db_instance(self, settings):
        made = create(self, settings)
        if not restoring.get() and made.engine == "postgres":
            instance = prepared(self, made)
            instance.create(made.db_name, made.master_username, _password(self, made))
        return made

    def restore_db_instance_to_point_in_time(self, source_db_identifier, target_db_identifier, overrides):
        token = restoring.set(True)
        try:
            made = restore(self, source_db_identifier, target_db_identifier, overrides)
        finally:
            restoring.reset(token)
        prepared(self, made).restore(instances.all[source_db_identifier])
        # Whatever the original is protected by, the restored one is only when that is asked for.
        made.deletion_protection = bool(overrides.get("deletion_protection"))
        return made

    def delete_db_instance(self, db_instance_identifier, *arguments, **named):
        gone = delete(self, db_instance_identifier, *arguments, **named)
        instances.remove(db_instance_identifier)
        return gone

    RDSBackend.create_db_instance = create_db_instance
    RDSBackend.restore_db_instance_to_point_in_time = restore_db_instance_to_point_in_time
    RDSBackend.delete_db_instance = delete_db_instance


def _password(backend, made):
    """The master user's; the secret that RDS manages names that user, where moto always says `admin`."""
    if not made.manage_master_user_password:
        return made.master_user_password
    secret = made.master_user_secret.secret
    version = secret.versions[secret.default_version_id]
    told = json.loads(version["secret_string"]) | {"username": made.master_username}
    version["secret_string"] = json.dumps(told)
    return told["password"]
