namespace Mdev.Sdk.VfioUser;

/// <summary>What came of waiting for a message.</summary>
internal enum ReceiveResult
{
    Message,

    /// <summary>The client has closed the connection, or it broke.</summary>
    Closed,

    /// <summary>A size that no message has: where the next one begins can only be guessed, so nobody does.</summary>
    FramingLost,
}
