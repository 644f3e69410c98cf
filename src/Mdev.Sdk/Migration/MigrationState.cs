namespace Mdev.Sdk.Migration;

/// <summary>What a device is doing in the course of a migration, under VFIO's numbers. Source: linux/vfio.h, VFIO_DEVICE_STATE_*.</summary>
internal enum MigrationState : uint
{
    /// <summary>A transition has failed; only a reset leads out of it.</summary>
    Error = 0,

    /// <summary>The device does not run.</summary>
    Stop = 1,

    /// <summary>The device runs.</summary>
    Running = 2,

    /// <summary>The device does not run, and its state is read.</summary>
    StopCopy = 3,

    /// <summary>The device does not run, and is given a state.</summary>
    Resuming = 4,

    /// <summary>Runs, and begins no access to other devices.</summary>
    RunningPeerToPeer = 5,

    /// <summary>The device runs, and what of its state will not change any more is read meanwhile.</summary>
    PreCopy = 6,

    /// <summary>Both.</summary>
    PreCopyPeerToPeer = 7,
}
