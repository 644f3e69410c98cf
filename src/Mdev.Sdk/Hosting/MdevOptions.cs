using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser;

namespace Mdev.Sdk.Hosting;

/// <summary>How a host serves its parents: the section <c>Mdev</c> of the configuration. Read once, when the host starts.</summary>
/// <remarks>What the program sets in <c>AddMdev(o => …)</c> has the last word over the configuration.</remarks>
public sealed class MdevOptions
{
    /// <summary>The configuration's section.</summary>
    public const string Section = "Mdev";

    /// <summary>
    /// Folder of the sockets and of the tree's root; at most 62 bytes, as a unix socket's path has 107.
    /// <c>$MDEV_RUNTIME_DIR</c>, else <c>$XDG_RUNTIME_DIR/mdev</c>, else <c>/run/mdev</c> if not set. Tools look in the same place
    /// only if they are told: by <c>$MDEV_RUNTIME_DIR</c>.
    /// </summary>
    public string? RuntimeDirectory { get; set; }

    /// <summary>Whether the tree is served; <see cref="MdevTreeMode.On"/> unless set.</summary>
    public MdevTreeMode Tree { get; set; }

    /// <summary>How devices are there on the host, beside their sockets; <see cref="MdevBridgeMode.Off"/> unless set.</summary>
    public MdevBridgeMode Bridge { get; set; }

    /// <summary>
    /// Microseconds that a client's thread polls for the next message before it sleeps: 0 (never) to 10000; 100 unless set. More
    /// costs a processor where devices are busy, and answers no idle one faster.
    /// </summary>
    public int Poll { get; set; } = (int)ServerOptions.Default.Poll.TotalMicroseconds;

    /// <summary>
    /// How long the users of devices are asked to let go when the host stops, before they are turned away: 0 to 1 hour; 10 seconds
    /// unless set. The host's own shutdown deadline (<c>HostOptions.ShutdownTimeout</c>, 30 seconds) ends it earlier.
    /// </summary>
    public TimeSpan RemoveDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Access rights of the instances' sockets, in octal: <c>0660</c>. What the process' umask leaves if not set. Whoever may
    /// write to a socket has the device.
    /// </summary>
    public string? SocketMode { get; set; }

    /// <summary>Group of the instances' sockets, by name; the process' own if not set.</summary>
    public string? SocketGroup { get; set; }

    /// <summary>
    /// Whether a device is reset, its memory included, when its client has gone: the next one gets it as it was made. Otherwise
    /// it keeps its state, as vfio-user has it ("Client Disconnection").
    /// </summary>
    public bool ResetOnClose { get; set; }

    /// <summary>Whether defined devices that are to start with their parent do; <see langword="true"/> unless set.</summary>
    public bool Autostart { get; set; } = true;

    /// <summary>
    /// Shows the screens of devices to VNC viewers: <c>:N</c> for those of this machine at port 5900 + N, <c>HOST:N</c> for those that
    /// reach an address of it and have the password that standard error tells. The first screen is at N, each further one at the next port that is
    /// free. Not shown if not set.
    /// </summary>
    public string? Vnc { get; set; }

    /// <summary>What is said of parents, by their names.</summary>
    public IDictionary<string, MdevParentOptions> Parents { get; } =
        new Dictionary<string, MdevParentOptions>(StringComparer.Ordinal);

    /// <summary>What of it concerns a device's server; of options that are valid.</summary>
    internal ServerOptions ToServerOptions() => new(TimeSpan.FromMicroseconds(Poll))
    {
        ResetOnClose = ResetOnClose,
        Access = new SocketAccess(
            SocketMode is { } text && SocketAccess.TryParseMode(text, out UnixFileMode mode) ? mode : null,
            SocketGroup is { } name && UnixGroup.TryFind(name, out UnixGroup group) ? group : null),
    };
}
