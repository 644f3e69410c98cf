namespace Mdev.Sdk.Testing;

/// <summary>What a device does in the course of a migration. Source: linux/vfio.h, VFIO_DEVICE_STATE_*.</summary>
public enum VfioMigrationState
{
    /// <summary>A transition has failed; DEVICE_RESET leads out of it.</summary>
    Error = 0,

    /// <summary>It does not run.</summary>
    Stop = 1,

    /// <summary>It runs.</summary>
    Running = 2,

    /// <summary>It does not run, and its state can be read.</summary>
    StopCopy = 3,

    /// <summary>It does not run, and takes a state.</summary>
    Resuming = 4,

    /// <summary>It runs, without peer to peer accesses.</summary>
    RunningPeerToPeer = 5,

    /// <summary>It runs, and some of its state can be read.</summary>
    PreCopy = 6,

    /// <summary>Both.</summary>
    PreCopyPeerToPeer = 7,
}
