"""All tables of release 0.4.0, made by .ci/squash.

A database of a former release runs the migrations that it replaces, which go with release 0.5.0.
"""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

import customers.models.folded_field
import customers.models.organization

_ON_POSTGRESQL = (
    # A part of a name, an e-mail address or an id is found by these.
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX customer_trigrams_of_name ON customers_customer "
    "USING gin (folded_name gin_trgm_ops)",
    "CREATE INDEX customer_trigrams_of_email ON customers_customer "
    "USING gin (folded_email gin_trgm_ops)",
    "CREATE INDEX organization_upper_org_id ON customers_organization "
    "(UPPER(org_id::text) text_pattern_ops)",
    # Room on each page for claims, which then change no index.
    "ALTER TABLE customers_customer SET (fillfactor = 45)",
    # Counts that a crash may lose, so that no request waits for the disk.
    "ALTER TABLE customers_tokenrequests SET UNLOGGED",
)


def on_postgresql(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in _ON_POSTGRESQL:
            schema_editor.execute(statement)


def record_this_run(apps, schema_editor):
    """What has not run since then is overdue; see services/operations/schedule.py."""
    now = timezone.now()
    apps.get_model("customers", "CommandRun").objects.create(
        command="migrate", began_at=now, ended_at=now, exit_code=0
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    replaces = [
        ("customers", "0001_rows"),
        ("customers", "0002_support_group"),
        ("customers", "0003_access_looked_at"),
        ("customers", "0004_customer_since"),
        ("customers", "0005_fill_customer_since"),
        ("customers", "0006_change_kinds"),
        ("customers", "0007_fill_change_kinds"),
        ("customers", "0008_names_in_words"),
        ("customers", "0009_lower_names_and_emails"),
        ("customers", "0010_access_shows"),
        ("customers", "0011_fill_access_shows"),
        ("customers", "0012_access_shows_since"),
        ("customers", "0013_access_indexes"),
        ("customers", "0014_digest"),
        ("customers", "0015_key_pace_slows_down"),
        ("customers", "0016_sync_run_progress"),
        ("customers", "0017_a_chain_of_disclosures"),
        ("customers", "0018_chain_the_disclosures"),
        ("customers", "0019_disclosures_stay"),
        ("customers", "0020_pinned_notes"),
        ("customers", "0021_answer_templates"),
        ("customers", "0022_support_watches_syncs"),
        ("customers", "0023_customer_organization_name"),
        ("customers", "0024_fill_customer_organization_name"),
        ("customers", "0025_customer_indexes"),
        ("customers", "0026_search_by_trigrams"),
        ("customers", "0027_access_looked_at_index"),
        ("customers", "0028_credentials_renewing"),
        ("customers", "0029_credentials_health"),
        ("customers", "0030_room_for_claims"),
        ("customers", "0031_narrowing_indexes"),
        ("customers", "0032_change_is_counted"),
        ("customers", "0033_looked_at_by_time"),
        ("customers", "0034_dynamic_last4"),
        ("customers", "0035_billed_by_invoice"),
        ("customers", "0036_clean_stored_texts"),
        ("customers", "0037_folded_columns"),
        ("customers", "0038_fill_folded_columns"),
        ("customers", "0039_index_folded_columns"),
        ("customers", "0042_security_events"),
        ("customers", "0043_failed_attempts"),
        ("customers", "0044_drop_axes"),
        ("customers", "0045_portal_sessions"),
        ("customers", "0046_end_former_sessions"),
        ("customers", "0047_recovery_codes"),
        ("customers", "0048_the_log_holds_together"),
        ("customers", "0049_disclosure_format"),
        ("customers", "0050_removals_are_entries"),
        ("customers", "0051_sign_the_end_of_the_log"),
        ("customers", "0060_name_disclosures_and_replies"),
        ("customers", "0061_groups_are_granted_once"),
        ("customers", "0070_last_viewed"),
        ("customers", "0071_narrow_proofs"),
        ("customers", "0072_proofs_are_narrow"),
        ("customers", "0073_kept_figures"),
        ("customers", "0080_phone"),
        ("customers", "0081_address_country"),
        ("customers", "0082_tax_exempt"),
        ("customers", "0083_preferred_locales"),
        ("customers", "0084_wallet"),
        ("customers", "0090_error_codes"),
        ("customers", "0091_keep_former_sentences"),
        ("customers", "0092_errors_are_codes"),
        ("customers", "0093_say_it_plainly"),
        ("customers", "0094_key_pace_is_a_rate_limit"),
        ("customers", "0100_desk_preferences"),
        ("customers", "0110_renewals_at_risk"),
        ("customers", "0111_find_renewals_at_risk"),
        ("customers", "0112_cases"),
        ("customers", "0113_mentions"),
        ("customers", "0120_imported_names"),
        ("customers", "0130_pasted_lists"),
        ("customers", "0140_drafts"),
        ("customers", "0150_saved_views"),
        ("customers", "0160_last_visit"),
        ("customers", "0161_watch"),
        ("customers", "0180_language_and_time_zone"),
        ("customers", "0181_pending_imports"),
        ("customers", "0182_read_the_disclosure_log"),
        ("customers", "0183_imported_organizations"),
        ("customers", "0190_api_tokens"),
        ("customers", "0191_token_requests"),
        ("customers", "0200_single_sign_on"),
        ("customers", "0205_command_runs"),
        ("customers", "0210_permission_lists"),
        ("customers", "0211_users_id_returned"),
        ("customers", "0212_sync_run_lists"),
        ("customers", "0215_asked_all_at"),
        ("customers", "0220_verified_position"),
        ("customers", "0225_held_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("form_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("scopes", models.JSONField(default=list, verbose_name="scopes")),
                ("addresses", models.JSONField(blank=True, default=list, verbose_name="addresses")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last used"),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "ordering": ("-created_at", "-pk"),
                "default_permissions": ("view",),
                "permissions": (("revoke_apitoken", "Can revoke API tokens of others"),),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CatalyzeSilence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("tried_at", models.DateTimeField()),
                ("only_about", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CommandRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("command", models.CharField(max_length=255)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("exit_code", models.SmallIntegerField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["command", "ended_at"], name="command_run_ends")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Credentials",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unchecked", "not tested yet"),
                            ("active", "working"),
                            ("expired", "session ended"),
                            ("refused", "refused"),
                        ],
                        default="unchecked",
                        max_length=16,
                    ),
                ),
                ("renews_itself", models.BooleanField(default=False)),
                (
                    "users_id",
                    models.CharField(blank=True, max_length=255, verbose_name="upstream user id"),
                ),
                ("saved_at", models.DateTimeField()),
                ("proves_since", models.DateTimeField()),
                ("proved_at", models.DateTimeField(blank=True, null=True)),
                ("expired_at", models.DateTimeField(blank=True, null=True)),
                ("renewing_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("refused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("calls_on", models.DateField(blank=True, editable=False, null=True)),
                ("calls", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ("last_error_code", models.CharField(blank=True, max_length=64)),
                ("last_error_params", models.JSONField(blank=True, default=dict)),
                (
                    "users_id_returned_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
            ],
            options={
                "verbose_name": "credentials",
                "verbose_name_plural": "credentials",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DeskPreferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("page_size", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "language",
                    models.CharField(blank=True, db_default="", default="", max_length=10),
                ),
                (
                    "time_zone",
                    models.CharField(blank=True, db_default="", default="", max_length=64),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("covers_from", models.DateTimeField()),
                ("covers_until", models.DateTimeField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("was_sent", models.BooleanField(default=False)),
                ("unverified", models.JSONField(default=list)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DisclosureHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.BinaryField(default=b"", max_length=32)),
                ("pruned_through", models.BigIntegerField(default=0)),
                ("pruned_hash", models.BinaryField(default=b"", max_length=32)),
                ("number", models.BigIntegerField(default=0)),
                ("signature", models.BinaryField(default=b"", max_length=32)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("path", models.TextField()),
                ("fields", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["user", "created_at"], name="draft_of_user")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FailedAttempts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("began_at", models.DateTimeField(null=True)),
                ("paused_until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="GroupGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=150)),
                ("permission", models.CharField(max_length=100)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("group", "permission"), name="grant_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HourlyDisclosures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField(verbose_name="hour")),
                ("organizations", models.IntegerField(default=0, verbose_name="organizations")),
                ("is_unusual", models.BooleanField(default=False, verbose_name="unusual")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "hourly disclosures",
                "verbose_name_plural": "hourly disclosures",
                "ordering": ("-hour", "-organizations"),
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "hour"), name="hourly_disclosures_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("counted_at", models.DateTimeField()),
                ("figures", models.JSONField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kind"), name="kept_figures_once_a_kind"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="KeyRateLimit",
            fields=[
                ("key_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("free_from", models.DateTimeField()),
                ("full_rate", models.FloatField(null=True)),
                ("rate_changed_at", models.DateTimeField(null=True)),
                ("slow_rate", models.FloatField(null=True)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="LastVisit",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("session_began_at", models.DateTimeField()),
                ("last_request_at", models.DateTimeField()),
                ("previous_request_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="OidcIdentity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=255, verbose_name="issuer")),
                ("subject", models.CharField(max_length=255, verbose_name="subject")),
                ("linked_at", models.DateTimeField(verbose_name="connected")),
                (
                    "last_signed_in_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last sign-in"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "subject"), name="oidc_identity_once"
                    ),
                    models.UniqueConstraint(
                        fields=("user", "issuer"), name="oidc_identity_of_user"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "org_id",
                    models.CharField(
                        max_length=200,
                        unique=True,
                        validators=[customers.models.organization.validate_org_id],
                        verbose_name="org id",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "folded_name",
                    customers.models.folded_field.FoldedField(
                        blank=True, editable=False, max_length=255, of="name"
                    ),
                ),
                (
                    "imported_name",
                    models.CharField(blank=True, db_default="", default="", max_length=255),
                ),
                ("is_imported", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "ordering": ("folded_name", "org_id"),
                "indexes": [
                    models.Index(fields=["folded_name", "org_id"], name="organization_by_name"),
                    models.Index(
                        condition=models.Q(("is_imported", True)),
                        fields=["id"],
                        name="organization_imported",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("org_id", ""), _negated=True),
                        name="organization_has_org_id",
                    )
                ],
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
            },
        ),
        migrations.CreateModel(
            name="PastedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=22, unique=True)),
                ("pasted_at", models.DateTimeField(db_index=True)),
                ("lines", models.JSONField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PendingImport",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("file_name", models.CharField(max_length=255)),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PortalSession",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("user_id", models.IntegerField(db_index=True, null=True)),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "digest"), name="recovery_code_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expired-and-failed", "Last charge failed, card expired"),
                            ("none-and-failed", "Last charge failed, no payment method"),
                            ("failed", "Last charge failed"),
                            ("unpaid", "A subscription is not paid"),
                            ("expired", "Card expired"),
                            ("expiring", "Card expires soon"),
                            ("doubted", "The bank couldn’t verify the card"),
                            ("none", "No payment method on file"),
                            ("invoice-overdue", "Billed by invoice, one not paid"),
                            ("invoice", "Billed by invoice"),
                            ("deleted", "Stripe customer deleted"),
                            ("card", "A card is on file"),
                            ("method", "Another payment method is on file"),
                            ("unnamed", "On file, details not known"),
                            ("unknown", "Not known whether one is on file"),
                        ],
                        max_length=24,
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("text", models.TextField(max_length=1000)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("state", "language"), name="reply_once_a_state_and_language"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "folded_name",
                    customers.models.folded_field.FoldedField(
                        blank=True, editable=False, max_length=255, of="name"
                    ),
                ),
                ("parameters", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("shared_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "deleted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "private_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("shared_at__isnull", False)),
                        fields=["folded_name", "id"],
                        name="saved_view_shared",
                    ),
                    models.Index(fields=["private_to"], name="saved_view_private"),
                    models.Index(fields=["deleted_at"], name="saved_view_deleted"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("owner", "folded_name"),
                        name="saved_view_has_its_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("private_to__isnull", False), ("shared_at", None)),
                            models.Q(("private_to", None), ("shared_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="saved_view_is_private_or_shared",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_at", models.DateTimeField(verbose_name="time")),
                ("code", models.CharField(max_length=32, verbose_name="code")),
                (
                    "username",
                    models.CharField(blank=True, max_length=150, verbose_name="user name"),
                ),
                ("by_name", models.CharField(blank=True, max_length=150, verbose_name="by")),
                (
                    "name_hash",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="hash of the typed name"
                    ),
                ),
                (
                    "ip_address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
                ),
                ("browser", models.CharField(blank=True, max_length=64, verbose_name="browser")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                ("detail", models.JSONField(blank=True, default=dict, verbose_name="detail")),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "security event",
                "verbose_name_plural": "security events",
                "ordering": ("-happened_at", "-pk"),
                "indexes": [
                    models.Index(fields=["-happened_at", "-id"], name="security_event_latest"),
                    models.Index(
                        fields=["user", "-happened_at", "-id"], name="security_event_of_user"
                    ),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SyncRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("started_by", models.CharField(max_length=255, verbose_name="started by")),
                ("options", models.JSONField(default=dict, verbose_name="options")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "running"),
                            ("complete", "complete"),
                            ("failures", "complete, with failures"),
                            ("interrupted", "interrupted"),
                            ("gave_up", "stopped, because Catalyze kept failing"),
                            ("lost", "stopped unexpectedly"),
                        ],
                        max_length=16,
                        verbose_name="ending",
                    ),
                ),
                (
                    "beat_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last heartbeat"),
                ),
                ("checked", models.PositiveIntegerField(default=0, verbose_name="checked")),
                ("due", models.PositiveIntegerField(default=0, verbose_name="due")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                ("process", models.CharField(blank=True, editable=False, max_length=255)),
                ("troubles", models.JSONField(default=list, verbose_name="troubles")),
                (
                    "verified",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="sessions verified"
                    ),
                ),
                (
                    "lists",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="permission lists read"
                    ),
                ),
            ],
            options={
                "ordering": ("-started_at", "-pk"),
                "indexes": [
                    models.Index(fields=["-started_at", "-id"], name="sync_run_latest"),
                    models.Index(
                        condition=models.Q(("ending", "")), fields=["id"], name="sync_run_open"
                    ),
                ],
                "constraints": [],
                "verbose_name": "sync run",
                "verbose_name_plural": "sync runs",
                "permissions": (("watch_syncrun", "Can watch sync runs"),),
            },
        ),
        migrations.CreateModel(
            name="VerifiedPosition",
            fields=[
                (
                    "run",
                    models.CharField(
                        choices=[("new", "New"), ("all", "All")],
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("began_at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=32)),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "organization_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="customers.organization",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("denied", "denied"),
                            ("missing", "missing"),
                        ],
                        max_length=8,
                    ),
                ),
                ("proved_at", models.DateTimeField()),
                ("customer_sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "access",
                "indexes": [models.Index(fields=["organization"], name="access_of_organization")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "granted"), ("customer_sent_at", None), _connector="OR"
                        ),
                        name="access_only_granted_was_sent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("after", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("differences", models.JSONField()),
                (
                    "seen_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="customers.organization",
                    ),
                ),
                ("became_delinquent", models.BooleanField(default=False)),
                ("changed_balance", models.BooleanField(default=False)),
                ("changed_details", models.BooleanField(default=False)),
                ("changed_expiry", models.BooleanField(default=False)),
                ("changed_method", models.BooleanField(default=False)),
                ("changed_subscriptions", models.BooleanField(default=False)),
                ("deleted_customer", models.BooleanField(default=False)),
                ("gained_method", models.BooleanField(default=False)),
                ("lost_method", models.BooleanField(default=False)),
                ("was_paid", models.BooleanField(default=False)),
                (
                    "is_counted",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(
                                    ("differences__has_key", "delinquent"),
                                    ("differences__has_key", "state"),
                                    _connector="OR",
                                ),
                                then=True,
                            ),
                            default=False,
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
            ],
            options={
                "ordering": ("-seen_at", "-pk"),
                "indexes": [
                    models.Index(
                        fields=["organization", "-seen_at"], name="change_of_organization"
                    ),
                    models.Index(fields=["-seen_at", "-id"], name="change_latest"),
                    models.Index(
                        condition=models.Q(("became_delinquent", True)),
                        fields=["-seen_at", "-id"],
                        name="change_became_delinquent",
                    ),
                    models.Index(
                        condition=models.Q(("was_paid", True)),
                        fields=["-seen_at", "-id"],
                        name="change_was_paid",
                    ),
                    models.Index(
                        condition=models.Q(("lost_method", True)),
                        fields=["-seen_at", "-id"],
                        name="change_lost_method",
                    ),
                    models.Index(
                        condition=models.Q(("gained_method", True)),
                        fields=["-seen_at", "-id"],
                        name="change_gained_method",
                    ),
                    models.Index(
                        condition=models.Q(("changed_method", True)),
                        fields=["-seen_at", "-id"],
                        name="change_changed_method",
                    ),
                    models.Index(
                        condition=models.Q(("changed_expiry", True)),
                        fields=["-seen_at", "-id"],
                        name="change_changed_expiry",
                    ),
                    models.Index(
                        condition=models.Q(("changed_balance", True)),
                        fields=["-seen_at", "-id"],
                        name="change_changed_balance",
                    ),
                    models.Index(
                        condition=models.Q(("changed_subscriptions", True)),
                        fields=["-seen_at", "-id"],
                        name="change_changed_subscriptions",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_customer", True)),
                        fields=["-seen_at", "-id"],
                        name="change_deleted_customer",
                    ),
                    models.Index(
                        condition=models.Q(("changed_details", True)),
                        fields=["-seen_at", "-id"],
                        name="change_changed_details",
                    ),
                    models.Index(
                        condition=models.Q(("is_counted", True)),
                        fields=["-seen_at", "-id"],
                        name="change_is_counted",
                    ),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.organization",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unchecked", "never checked"),
                            ("card", "card"),
                            ("bank_account", "bank account"),
                            ("other", "other payment method"),
                            ("details_not_sent", "on file, details unavailable"),
                            ("unlisted", "on file, no default"),
                            ("invoice", "billed by invoice"),
                            ("none", "no payment method"),
                            ("unknown", "unknown"),
                            ("deleted", "customer deleted"),
                        ],
                        default="unchecked",
                        max_length=16,
                    ),
                ),
                ("is_set_up", models.BooleanField(default=False)),
                ("customer_id", models.CharField(blank=True, max_length=255)),
                ("default_id", models.CharField(blank=True, max_length=255)),
                ("method_type", models.CharField(blank=True, max_length=255)),
                ("brand", models.CharField(blank=True, max_length=255)),
                ("last4", models.CharField(blank=True, max_length=255)),
                ("exp_month", models.SmallIntegerField(blank=True, null=True)),
                ("exp_year", models.SmallIntegerField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("funding", models.CharField(blank=True, max_length=255)),
                ("country", models.CharField(blank=True, max_length=255)),
                ("cvc_check", models.CharField(blank=True, max_length=255)),
                ("address_line1_check", models.CharField(blank=True, max_length=255)),
                ("address_zip_check", models.CharField(blank=True, max_length=255)),
                ("fingerprint_hash", models.CharField(blank=True, max_length=64)),
                ("delinquent", models.BooleanField(blank=True, null=True)),
                ("balance", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=255)),
                ("livemode", models.BooleanField(blank=True, null=True)),
                ("email", models.CharField(blank=True, max_length=255)),
                ("description", models.TextField(blank=True)),
                ("subscription_count", models.IntegerField(blank=True, null=True)),
                ("subscription_status", models.CharField(blank=True, max_length=255)),
                ("next_renewal", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("first_checked_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("attempted_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_by", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("lease_until", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "checked_with",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("delinquent_after", models.DateTimeField(blank=True, null=True)),
                ("delinquent_seen_at", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("state_after", models.DateTimeField(blank=True, null=True)),
                ("state_seen_at", models.DateTimeField(blank=True, null=True)),
                ("dynamic_last4", models.CharField(blank=True, max_length=255)),
                (
                    "folded_name",
                    customers.models.folded_field.FoldedField(
                        blank=True, editable=False, max_length=255
                    ),
                ),
                (
                    "folded_email",
                    customers.models.folded_field.FoldedField(
                        blank=True, editable=False, max_length=255, of="email"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=255)),
                ("address_country", models.CharField(blank=True, max_length=255)),
                ("tax_exempt", models.CharField(blank=True, max_length=255)),
                ("preferred_locales", models.CharField(blank=True, max_length=255)),
                ("wallet", models.CharField(blank=True, max_length=255)),
                ("last_error_code", models.CharField(blank=True, max_length=64)),
                ("last_error_params", models.JSONField(blank=True, default=dict)),
                ("charged_expires_on", models.DateField(blank=True, null=True)),
                ("charged_renews_on", models.DateField(blank=True, null=True)),
                ("first_payment_outstanding", models.BooleanField(db_default=False, default=False)),
                ("expiry_seen_at", models.DateTimeField(blank=True, null=True)),
                ("charge_seen_at", models.DateTimeField(blank=True, null=True)),
                ("first_payment_seen_at", models.DateTimeField(blank=True, null=True)),
                ("asked_all_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "permissions": (("export_customer", "Can export what they may see"),),
                "indexes": [
                    models.Index(fields=["checked_at", "organization"], name="customer_by_check"),
                    models.Index(fields=["changed_at", "organization"], name="customer_by_change"),
                    models.Index(fields=["expires_on", "organization"], name="customer_by_expiry"),
                    models.Index(fields=["balance", "organization"], name="customer_by_balance"),
                    models.Index(fields=["customer_id"], name="customer_found_by_id"),
                    models.Index(fields=["last4"], name="customer_found_by_last4"),
                    models.Index(
                        fields=["fingerprint_hash", "organization"], name="customer_found_by_card"
                    ),
                    models.Index(fields=["dynamic_last4"], name="customer_found_by_dynamic"),
                    models.Index(
                        fields=[
                            "state",
                            "folded_name",
                            "organization",
                            "brand",
                            "funding",
                            "currency",
                            "country",
                            "livemode",
                        ],
                        name="customer_state",
                    ),
                    models.Index(
                        fields=[
                            "brand",
                            "folded_name",
                            "organization",
                            "state",
                            "funding",
                            "currency",
                            "country",
                            "livemode",
                        ],
                        name="customer_brand",
                    ),
                    models.Index(
                        fields=[
                            "funding",
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "currency",
                            "country",
                            "livemode",
                        ],
                        name="customer_funding",
                    ),
                    models.Index(
                        fields=[
                            "currency",
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "funding",
                            "country",
                            "livemode",
                        ],
                        name="customer_currency",
                    ),
                    models.Index(
                        fields=[
                            "country",
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "funding",
                            "currency",
                            "livemode",
                        ],
                        name="customer_country",
                    ),
                    models.Index(
                        fields=[
                            "livemode",
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "funding",
                            "currency",
                            "country",
                        ],
                        name="customer_livemode",
                    ),
                    models.Index(
                        condition=models.Q(("delinquent", True)),
                        fields=[
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "funding",
                            "currency",
                            "country",
                            "livemode",
                        ],
                        name="customer_delinquent",
                    ),
                    models.Index(fields=["folded_email"], name="customer_found_by_email"),
                    models.Index(
                        fields=["tax_exempt", "folded_name", "organization"],
                        name="customer_tax_exempt",
                    ),
                    models.Index(
                        fields=["wallet", "folded_name", "organization"], name="customer_wallet"
                    ),
                    models.Index(
                        condition=models.Q(("last_error_code", ""), _negated=True),
                        fields=[
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "funding",
                            "currency",
                            "country",
                            "livemode",
                        ],
                        name="customer_failed",
                    ),
                    models.Index(
                        fields=[
                            "next_renewal",
                            "organization",
                            "state",
                            "expires_on",
                            "delinquent",
                        ],
                        name="customer_by_renewal",
                    ),
                    models.Index(
                        fields=[
                            "folded_name",
                            "organization",
                            "state",
                            "expires_on",
                            "delinquent",
                            "charged_expires_on",
                            "charged_renews_on",
                            "first_payment_outstanding",
                        ],
                        name="customer_by_name",
                    ),
                    models.Index(
                        fields=[
                            "charged_expires_on",
                            "charged_renews_on",
                            "organization",
                            "state",
                            "is_set_up",
                        ],
                        name="customer_renewals",
                    ),
                    models.Index(
                        condition=models.Q(("first_payment_outstanding", True)),
                        fields=[
                            "folded_name",
                            "organization",
                            "state",
                            "brand",
                            "funding",
                            "currency",
                            "country",
                            "livemode",
                        ],
                        name="customer_unstarted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exp_month", None), ("exp_month__range", (1, 12)), _connector="OR"
                        ),
                        name="customer_month_is_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "unchecked"), ("checked_at__isnull", False), _connector="OR"
                        ),
                        name="customer_answer_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="seen at")),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("past", "past"),
                            ("list", "list"),
                            ("overview", "overview"),
                            ("changes", "changes"),
                            ("export", "export"),
                            ("digest", "digest"),
                            ("command", "command"),
                            ("pasted", "pasted ids"),
                            ("report", "report"),
                            ("api", "API"),
                            ("mcp", "MCP"),
                            ("pruned", "removed by retention"),
                        ],
                        max_length=16,
                        verbose_name="where",
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                (
                    "checked_with",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked with",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="customers.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "checked_with_name",
                    models.CharField(default="", max_length=150, verbose_name="checked with"),
                ),
                ("hash", models.BinaryField(default=b"", max_length=32)),
                (
                    "ip_address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
                ),
                ("org_id", models.CharField(default="", max_length=200, verbose_name="org id")),
                (
                    "purpose",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="purpose or ticket"
                    ),
                ),
                (
                    "username",
                    models.CharField(default="", max_length=150, verbose_name="user name"),
                ),
                ("format", models.PositiveSmallIntegerField(default=1, verbose_name="format")),
                (
                    "token_name",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="token"),
                ),
                (
                    "proof",
                    models.CharField(
                        choices=[("own", "own credentials"), ("listed", "permission list")],
                        default="",
                        max_length=8,
                        verbose_name="proof",
                    ),
                ),
                (
                    "shown_together",
                    models.CharField(default="", max_length=32, verbose_name="shown together"),
                ),
            ],
            options={
                "verbose_name": "disclosure",
                "verbose_name_plural": "disclosure log",
                "ordering": ("-seen_at", "-pk"),
                "indexes": [
                    models.Index(
                        fields=["organization", "-seen_at"], name="disclosure_of_organization"
                    ),
                    models.Index(
                        fields=["user", "organization", "-seen_at"], name="disclosure_of_user"
                    ),
                    models.Index(fields=["-seen_at", "-id"], name="disclosure_latest"),
                    models.Index(fields=["username", "-id"], name="disclosure_by_username"),
                    models.Index(fields=["shown_together", "id"], name="disclosure_together"),
                    models.Index(
                        condition=models.Q(("where", "list"), _negated=True),
                        fields=["where", "-id"],
                        name="disclosure_by_way",
                    ),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="LastViewed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "organization_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("looked_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="customers.organization"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ListedUser",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "organization_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.organization",
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["organization"], name="listed_of_organization")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("text", models.TextField(max_length=4000)),
                (
                    "ticket_url",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="ticket link",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="customers.organization"
                    ),
                ),
                (
                    "is_pinned",
                    models.BooleanField(db_default=False, default=False, verbose_name="pinned"),
                ),
            ],
            options={
                "ordering": ("-is_pinned", "-written_at", "-pk"),
                "indexes": [
                    models.Index(
                        fields=["organization", "-written_at"], name="note_of_organization"
                    )
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PastedId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=600)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("org_id", "org id"),
                            ("customer_id", "customer id"),
                            ("email", "e-mail address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "answered"),
                            ("denied", "denied"),
                            ("missing", "missing"),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "pasted_list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="customers.pastedlist",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pasted_list", "place"), name="pasted_id_has_a_place"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PermissionList",
            fields=[
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.organization",
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "fetched_with",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("attempted_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ProviderSession",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("refresh_token", models.BinaryField()),
                ("id_token", models.BinaryField()),
                ("began_at", models.DateTimeField(db_index=True)),
                ("renewed_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.oidcidentity",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RunTally",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="customers.syncrun",
                    ),
                ),
                ("had_method", models.PositiveIntegerField(default=0)),
                ("lost_method", models.PositiveIntegerField(default=0)),
                ("was_current", models.PositiveIntegerField(default=0)),
                ("became_delinquent", models.PositiveIntegerField(default=0)),
                ("is_judged", models.BooleanField(default=False)),
                ("is_mass_delinquency", models.BooleanField(default=False)),
                (
                    "part_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.syncrun",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="TokenRequests",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="customers.apitoken",
                    ),
                ),
                ("minute", models.BigIntegerField()),
                ("count", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "organization_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("read_until", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="customers.organization"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("snoozed_until", models.DateField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "handled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("knew_delinquent", models.DateTimeField(null=True)),
                ("knew_expired", models.DateTimeField(null=True)),
                ("knew_expires_before_renewal", models.DateTimeField(null=True)),
                ("knew_no_payment_method", models.DateTimeField(null=True)),
                ("knew_first_payment_outstanding", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "default_permissions": ("change", "view"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("snoozed_until__isnull", False)),
                        fields=["snoozed_until"],
                        name="case_snoozed",
                    ),
                    models.Index(
                        condition=models.Q(("handled_at__isnull", False)),
                        fields=["handled_at"],
                        name="case_handled",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("snoozed_until", None), ("handled_at", None), _connector="OR"
                        ),
                        name="case_rests_in_one_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldAnswer",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="held_answer",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("is_held", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField()),
                ("compressed", models.BinaryField()),
                (
                    "asked_with",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="customers.syncrun",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "permissions": (("accept_mass_change", "Can accept held answers"),),
                "indexes": [models.Index(fields=["is_held", "since"], name="held_answer_since")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="customers.note",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="customers.organization"
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)),
                        fields=["user", "organization"],
                        name="mention_unseen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "user"), name="mention_once_in_a_note")
                ],
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("compressed", models.BinaryField()),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="customers.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("assigned", "assigned"),
                            ("released", "released"),
                            ("snoozed", "snoozed"),
                            ("handled", "handled"),
                            ("reopened", "reopened"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                (
                    "assigned_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("until", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "step of a case",
                "verbose_name_plural": "steps of cases",
                "ordering": ("-taken_at", "-pk"),
                "default_permissions": (),
                "indexes": [models.Index(fields=["case", "-taken_at"], name="case_step_of_case")],
                "constraints": [],
            },
        ),
        migrations.RunPython(on_postgresql, migrations.RunPython.noop),
        migrations.RunPython(record_this_run, migrations.RunPython.noop),
    ]
