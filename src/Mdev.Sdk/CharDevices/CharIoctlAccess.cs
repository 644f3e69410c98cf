namespace Mdev.Sdk;

/// <summary>Which way a piece of a caller's memory goes in an ioctl(2).</summary>
[Flags]
public enum CharIoctlAccess
{
    /// <summary>The caller gives it: _IOW.</summary>
    In = 1,

    /// <summary>The caller gets it: _IOR.</summary>
    Out = 2,

    /// <summary>Both: _IOWR.</summary>
    InOut = In | Out,
}
