namespace Mdev.Devices;

/// <summary>What a guest has done with its message queue card.</summary>
public enum MessageCardEvent
{
    /// <summary>Reset it.</summary>
    Reset = 1,

    /// <summary>Sent a message.</summary>
    Sent = 2,

    /// <summary>Taken one.</summary>
    Taken = 3,
}
