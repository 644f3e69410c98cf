namespace Mdev.Sdk.VfioUser;

/// <summary>Whether it does its work, as seen from outside.</summary>
internal sealed partial class VfioUserServer
{
    /// <summary>Whether clients can still come; a server that was given a connection waits for none.</summary>
    public bool IsAccepting => _accepting?.IsRunning ?? true;

    /// <summary>Whether the file is there by which clients find it; a server without one needs none.</summary>
    public bool HasFile => _file?.IsThere ?? true;

    /// <summary>Whether a client is there, or has gone and is being cleared away.</summary>
    public bool HasClient => _session is { Ended.IsCompleted: false };

    /// <summary>What the device's code is at: the same twice, and it has not come to its end in between.</summary>
    /// <returns><see langword="null"/> if it is at nothing.</returns>
    public (object Session, ulong Piece)? AtWorkOn =>
        _session is { AtWorkOn: var piece and not 0 } session ? (session, piece) : null;

    /// <summary>Turns the client away, without waiting: what waits for the client ends, and what is the device's own goes on.</summary>
    public void Disconnect()
    {
        _session?.Disconnect();
        _device.Interrupts.Unblock();
    }
}
