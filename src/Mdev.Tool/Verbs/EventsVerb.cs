using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Mdev.Sdk;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>events</c>: what happens from now on, a line each, until it is interrupted.</summary>
internal sealed class EventsVerb : Verb
{
    // Host processes come and go; a new one's socket is seen after so long.
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(250);

    private readonly Surroundings _surroundings;
    private readonly Option<string?> _parent;
    private readonly Option<bool> _dumpJson = DeviceOptions.DumpJson("Print each as JSON, on a line.");

    public EventsVerb(Surroundings surroundings)
        : base(
            "events",
            "Print what happens to parents and devices, until it is interrupted.",
            "A line has time, event, parent, and UUID and type of a device. \"listening\" comes first for each host process: nothing that happens later is missed.",
            "events", "events -p mtty --dumpjson")
    {
        _surroundings = surroundings;
        _parent = DeviceOptions.Parent(surroundings, "Only those of this parent.");
        Options.Add(_parent);
        Options.Add(_dumpJson);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // Bounded: whoever does not read is waited for, here and in the host processes, which count what they drop.
        var events = Channel.CreateBounded<EventInfo>(256);
        Task following = FollowAllAsync(events.Writer, cancel);
        string? parent = parsed.GetValue(_parent);
        bool wantsJson = parsed.GetValue(_dumpJson);
        await foreach (EventInfo item in events.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            if (parent is not null && item.Parent != parent)
                continue;
            _surroundings.Output.WriteLine(wantsJson ? JsonSerializer.Serialize(item, ControlJson.Default.EventInfo) : Line(item));
            _surroundings.Output.Flush();
        }
        await following.ConfigureAwait(false);
        return 0;
    }

    private static string Line(EventInfo item)
    {
        string time = item.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string device = item.Uuid is { } uuid ? $" {uuid} {item.Type}" : "";
        string lost = item.Lost is { } count ? string.Create(CultureInfo.InvariantCulture, $" {count}") : "";
        return $"{time} {item.Event} {item.Parent}{device}{lost}";
    }

    private async Task FollowAllAsync(ChannelWriter<EventInfo> events, CancellationToken cancel)
    {
        Dictionary<string, Task> followed = [];
        try
        {
            while (true)
            {
                foreach (string socket in _surroundings.Hosts.ControlSockets)
                {
                    if (!followed.TryGetValue(socket, out Task? one) || one.IsCompleted)
                        followed[socket] = FollowAsync(socket, events, cancel);
                }
                await Task.Delay(s_glance, cancel).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is MdevException or OperationCanceledException)
        {
            events.Complete(e);
        }
    }

    private async Task FollowAsync(string socket, ChannelWriter<EventInfo> events, CancellationToken cancel)
    {
        try
        {
            using ControlClient client = await ControlClient.ConnectAsync(socket, cancel).ConfigureAwait(false);
            await foreach (EventInfo item in client.StreamAsync(ControlVerbs.Events, Nothing.Instance, cancel).ConfigureAwait(false))
                await events.WriteAsync(item, cancel).ConfigureAwait(false);
        }
        catch (MdevException e) when (e.Error is Errno.ECONNRESET or Errno.ECONNREFUSED or Errno.ENOENT)
        {
            // The host process has ended; another may take its place.
        }
        catch (MdevException e)
        {
            // Said once: it would be asked again and again.
            _surroundings.Warn($"{e.Error}: {e.Message}");
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
        }
    }
}
