using System.CommandLine;
using System.Globalization;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Observation.Control;
using Mdev.Sdk.Testing.Captures;

namespace Mdev.Tool.Verbs;

/// <summary><c>trace</c>: what is done to a device and what it does, live or into a file; or such a file done to a device again.</summary>
internal sealed class TraceVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Argument<Guid?> _uuid;
    private readonly Option<string?> _region = RegionOption.Make("Only accesses of this region: bar0, config, rom, or a number.");
    private readonly Option<string?> _register = new("--register")
    {
        Description = "Only accesses of this register; of an array or an inner block by its name, all in it.",
        HelpName = "NAME",
    };
    private readonly Option<string?> _pcapng = new("--pcapng")
    {
        Description = "Write it to a file that Wireshark opens (docs/vfio-user.lua), or to standard output for -.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "Reset the device, do to it what a recording says, and print where it answers otherwise.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _socket = new("--socket") { Description = "Replay to the device on this vfio-user socket.", HelpName = "PATH" };
    private readonly Option<bool> _first = new("--first") { Description = "Stop the replay where the device answers otherwise for the first time." };

    public TraceVerb(Surroundings surroundings)
        : base(
            "trace",
            "Follow the accesses of a device by register name, record them, or replay a recording.",
            "Ends when it is interrupted or the device is removed. What is read too slowly is lost and counted; the device never waits.",
            "trace UUID --register LCR", "trace UUID --pcapng bug.pcapng", "trace UUID --pcapng - | wireshark -k -i -", "trace --replay bug.pcapng UUID")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.UuidArgument(surroundings, "A device that is active.", isRequired: false);
        Arguments.Add(_uuid);
        foreach (Option option in (Option[])[_region, _register, _pcapng, _replay, _socket, _first])
            Options.Add(option);
    }

    protected override string? Wrong(ParseResult parsed)
    {
        bool replays = IsGiven(parsed, _replay);
        if (!replays && (IsGiven(parsed, _socket) || IsGiven(parsed, _first)))
            return "--socket and --first go with --replay.";
        if (replays && (IsGiven(parsed, _pcapng) || IsGiven(parsed, _region) || IsGiven(parsed, _register)))
            return "--replay does all of a recording; --pcapng, --region and --register are for making one.";
        return parsed.GetValue(_uuid) is null == (parsed.GetValue(_socket) is null)
            ? "Whose accesses is said by one UUID, or for --replay by --socket."
            : null;
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_replay) is { } recording)
        {
            string socket = parsed.GetValue(_socket) ?? await SocketOfAsync(parsed.GetValue(_uuid)!.Value, cancel).ConfigureAwait(false);
            return await Task.Run(() => Replaying.Run(_surroundings, recording, socket, parsed.GetValue(_first), cancel), CancellationToken.None).ConfigureAwait(false);
        }

        Guid uuid = parsed.GetValue(_uuid)!.Value;
        var arguments = new TraceArguments(
            uuid, parsed.GetValue(_region) is { } region ? RegionOption.IndexOf(region) : null, parsed.GetValue(_register));
        (ControlClient client, InstanceInfo instance) = await _surroundings.Hosts.OfInstanceAsync(uuid, cancel).ConfigureAwait(false);
        using (client)
        {
            IAsyncEnumerable<TraceEvent> events = client.StreamAsync(ObservationVerbs.Trace, arguments, cancel);
            if (parsed.GetValue(_pcapng) is { } file)
                await RecordAsync(events, instance, file).ConfigureAwait(false);
            else
                await PrintAsync(events).ConfigureAwait(false);
        }
        return 0;
    }

    private async Task<string> SocketOfAsync(Guid uuid, CancellationToken cancel)
    {
        (ControlClient client, InstanceInfo instance) = await _surroundings.Hosts.OfInstanceAsync(uuid, cancel).ConfigureAwait(false);
        client.Dispose();
        return instance.Socket is { } socket && socket.StartsWith('/')
            ? socket
            : throw new MdevException(Errno.ENOTSUP, $"Device {uuid} has no socket with a path to replay to.");
    }

    private async Task PrintAsync(IAsyncEnumerable<TraceEvent> events)
    {
        var text = new TraceText();
        await foreach (TraceEvent next in UntilInterrupted(events).ConfigureAwait(false))
        {
            if (next.Kind == TraceEventKind.Began)
                _surroundings.Tell("tracing; interrupt to end");
            if (text.LineOf(next) is { } line)
                _surroundings.Output.WriteLine($"{TimeOf(next)} {line}");
            _surroundings.Output.Flush();
        }
    }

    private async Task RecordAsync(IAsyncEnumerable<TraceEvent> events, InstanceInfo instance, string file)
    {
        long accesses = 0, lost = 0;
        try
        {
            await using Stream stream = file == "-" ? Console.OpenStandardOutput() : new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);
            var writer = new CaptureWriter(stream, instance.Uuid, $"{instance.Type} of {instance.Parent}, {instance.DeviceApi}");
            await foreach (TraceEvent next in UntilInterrupted(events).ConfigureAwait(false))
            {
                if (next.Kind == TraceEventKind.Began)
                    _surroundings.Tell($"recording to {(file == "-" ? "standard output" : file)}; interrupt to end");
                writer.Write(next);
                accesses += next.Kind == TraceEventKind.Reply ? 1 : 0;
                lost += next.Lost ?? 0;

                // Whoever looks at the file, or kills this process, finds whole packets.
                if (next.Kind != TraceEventKind.Request)
                    await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot write {file}", e);
        }
        string missing = lost == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {lost} lost");
        _surroundings.Tell(string.Create(CultureInfo.InvariantCulture, $"{accesses} accesses recorded{missing}"));
    }

    // An interrupt is how a trace ends, and no failure.
    private static async IAsyncEnumerable<TraceEvent> UntilInterrupted(IAsyncEnumerable<TraceEvent> events)
    {
        await using IAsyncEnumerator<TraceEvent> each = events.GetAsyncEnumerator();
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync().ConfigureAwait(false))
                    yield break;
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            yield return each.Current;
        }
    }

    private static string TimeOf(TraceEvent next) => DateTime.UnixEpoch.AddTicks(next.Time / TimeSpan.NanosecondsPerTick).ToLocalTime()
        .ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
