namespace Mdev.Sdk.VfioUser;

/// <summary>How a device is served, where there is a choice.</summary>
/// <param name="Poll">
/// For how long at most a client's thread polls for the next message before it sleeps, 0 to <see cref="LongestPoll"/>; zero for
/// never. How long it does, it finds out.
/// </param>
internal sealed record ServerOptions(TimeSpan Poll)
{
    /// <summary>Whether the device is reset when its client has gone, so that the next one gets it as it was made.</summary>
    public bool ResetOnClose { get; init; }

    /// <summary>Who may connect.</summary>
    public SocketAccess Access { get; init; }

    /// <summary>Beyond this, nobody would be waiting any more who a wake-up could matter to.</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(10);

    /// <summary>Some times what a wake-up takes, so that a driver's accesses in a row are all met awake.</summary>
    public static ServerOptions Default { get; } = new(TimeSpan.FromMicroseconds(100));
}
