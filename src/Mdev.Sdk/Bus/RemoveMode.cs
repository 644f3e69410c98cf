namespace Mdev.Sdk;

/// <summary>What removal does about a user. Source: drivers/vfio/vfio_main.c, vfio_unregister_group_dev, which always asks and waits.</summary>
public enum RemoveMode
{
    /// <summary>Waits until it is let go.</summary>
    Wait,

    /// <summary>Asks the user to let go, at once and every ten seconds, and waits: the kernel's way.</summary>
    Request,

    /// <summary>Turns the user away.</summary>
    Force,
}
