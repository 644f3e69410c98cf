namespace Mdev.Sdk.Migration;

/// <summary>What a device can do of migration. Source: linux/vfio.h, VFIO_MIGRATION_*.</summary>
[Flags]
internal enum MigrationSupport : ulong
{
    /// <summary><see cref="MigrationState.StopCopy"/> and <see cref="MigrationState.Resuming"/>.</summary>
    StopCopy = 1,

    /// <summary>The states with peer to peer in their names.</summary>
    PeerToPeer = 2,

    /// <summary><see cref="MigrationState.PreCopy"/>.</summary>
    PreCopy = 4,
}
