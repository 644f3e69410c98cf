namespace Mdev.Sdk;

/// <summary>What can be done with a character device.</summary>
[Flags]
public enum CharOperations
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>read(2).</summary>
    Read = 1,

    /// <summary>write(2).</summary>
    Write = 2,

    /// <summary>poll(2): without it a device is always ready.</summary>
    Poll = 4,

    /// <summary>ioctl(2).</summary>
    Ioctl = 8,
}
