namespace Mdev.Sdk;

/// <summary>What has happened on a bus; the kernel's uevents, and what it has none for.</summary>
public enum MdevBusEventKind
{
    /// <summary>A parent's types can be used: the kernel's <c>MDEV_STATE=registered</c>.</summary>
    ParentRegistered,

    /// <summary>No more instances of a parent can be made.</summary>
    ParentUnregistering,

    /// <summary>A parent stays after all: a user did not let go in time, or whoever unregistered it gave up.</summary>
    ParentKept,

    /// <summary>A parent has gone: <c>MDEV_STATE=unregistered</c>.</summary>
    ParentUnregistered,

    /// <summary>An instance can be used, complete with everything.</summary>
    InstanceAdded,

    /// <summary>An instance is being removed; somebody may be using it still.</summary>
    InstanceRemoving,

    /// <summary>An instance stays after all, as it was: its user did not let go in time, or whoever removed it gave up.</summary>
    InstanceKept,

    /// <summary>An instance has gone; its UUID and what it took are free.</summary>
    InstanceRemoved,

    /// <summary>Attributes of an instance were set, or of a parent or one of its types.</summary>
    AttributesChanged,
}
