namespace Mdev.Sdk.Display;

/// <summary>The buttons of a pointer that are down. Source: RFC 6143, section 7.5.5.</summary>
[Flags]
public enum PointerButtons
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The left one.</summary>
    Left = 1,

    /// <summary>The middle one.</summary>
    Middle = 2,

    /// <summary>The right one.</summary>
    Right = 4,

    /// <summary>A step of the wheel upward: down for a moment.</summary>
    WheelUp = 8,

    /// <summary>A step of the wheel downward.</summary>
    WheelDown = 16,
}
