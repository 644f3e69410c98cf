using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mdev.Sdk;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Observation.Control;
using Mdev.Tool.Inspect;
using Spectre.Console;

namespace Mdev.Tool.Verbs;

/// <summary><c>inspect</c>: a device as it is now, or live.</summary>
internal sealed class InspectVerb : Verb
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly Surroundings _surroundings;
    private readonly Argument<Guid?> _uuid;
    private readonly Option<bool> _json = new("--json") { Description = "Print it as JSON; with --watch, a line a second." };
    private readonly Option<bool> _watch = new("--watch", "-w")
    {
        Description = "Look again every second, and show what changed; where no terminal is, a line for each change. Until interrupted.",
    };
    private readonly Option<string?> _region = RegionOption.Make("Registers and memory of this region alone: bar0, config, rom, or a number.");

    public InspectVerb(Surroundings surroundings)
        : base(
            "inspect",
            "Show a device: config space, registers with decoded fields, interrupts, guest memory, counters, client.",
            "Looking has no side effect and does not hold the device up.",
            "inspect UUID", "inspect UUID --watch --region bar0", "inspect UUID --json")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.UuidArgument(surroundings, "A device that is active.");
        Arguments.Add(_uuid);
        foreach (Option option in (Option[])[_json, _watch, _region])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        bool wantsJson = parsed.GetValue(_json);
        string? region = parsed.GetValue(_region);
        (ControlClient client, _) = await _surroundings.Hosts.OfInstanceAsync(uuid, cancel).ConfigureAwait(false);
        using (client)
        {
            if (!parsed.GetValue(_watch))
            {
                Inspection found = await LookAsync(client, uuid, region, cancel).ConfigureAwait(false);
                if (wantsJson)
                    PrintJson(found, isIndented: true);
                else
                    PrintLikePaper(Sections.Of(found));
                return 0;
            }

            if (wantsJson)
                await WatchJsonAsync(client, uuid, region, cancel).ConfigureAwait(false);
            else if (Surroundings.IsForPeople)
                await WatchScreenAsync(client, uuid, region, cancel).ConfigureAwait(false);
            else
                await WatchLinesAsync(client, uuid, region, cancel).ConfigureAwait(false);
            return 0;
        }
    }

    private static async Task<Inspection> LookAsync(ControlClient client, Guid uuid, string? region, CancellationToken cancel)
    {
        Inspection found = await client.CallAsync(ObservationVerbs.Inspect, new InspectArguments(uuid), cancel).ConfigureAwait(false);
        if (region is null || found.Device is not { } device)
            return found;
        RegionSnapshot only = device.Regions.FirstOrDefault(r => RegionOption.Names(region, r.Index, r.Name))
            ?? throw new MdevException(Errno.EINVAL, $"Device {uuid} has no region {region}; it has {string.Join(", ", device.Regions.Select(r => r.Name))}.");
        return found with { Device = device with { Regions = [only] } };
    }

    private async Task WatchJsonAsync(ControlClient client, Guid uuid, string? region, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            PrintJson(await LookAsync(client, uuid, region, cancel).ConfigureAwait(false), isIndented: false);
            await Task.Delay(s_period, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchLinesAsync(ControlClient client, Guid uuid, string? region, CancellationToken cancel)
    {
        IReadOnlyList<Section> before = Sections.Of(await LookAsync(client, uuid, region, cancel).ConfigureAwait(false));
        PrintLikePaper(before);
        while (!cancel.IsCancellationRequested)
        {
            await _surroundings.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(s_period, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancel.IsCancellationRequested)
                return;
            IReadOnlyList<Section> now = Sections.Of(await LookAsync(client, uuid, region, cancel).ConfigureAwait(false));
            foreach (Change change in Change.Between(before, now))
                _surroundings.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {change}"));
            before = now;
        }
    }

    private async Task WatchScreenAsync(ControlClient client, Guid uuid, string? region, CancellationToken cancel)
    {
        IReadOnlyList<Section> before = Sections.Of(await LookAsync(client, uuid, region, cancel).ConfigureAwait(false));
        await _surroundings.Screen.Live(SectionPrinter.Render(before)).Overflow(VerticalOverflow.Ellipsis).AutoClear(true).StartAsync(async live =>
        {
            while (!cancel.IsCancellationRequested)
            {
                await Task.Delay(s_period, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancel.IsCancellationRequested)
                    return;
                IReadOnlyList<Section> now = Sections.Of(await LookAsync(client, uuid, region, cancel).ConfigureAwait(false));
                live.UpdateTarget(SectionPrinter.Render(now, before));
                before = now;
            }
        }).ConfigureAwait(false);
        PrintLikePaper(before);
    }

    private void PrintJson(Inspection found, bool isIndented)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = isIndented, NewLine = "\n" }))
            JsonSerializer.Serialize(writer, found, InspectionJson.Default.Inspection);
        _surroundings.Output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        _surroundings.Output.Flush();
    }

    // Where no terminal is, lines are as long as they are.
    private void PrintLikePaper(IReadOnlyList<Section> sections)
    {
        const int Endless = 100_000;
        if (!Surroundings.IsForPeople)
            _surroundings.Screen.Profile.Width = Endless;
        _surroundings.Screen.Write(SectionPrinter.Render(sections));
    }
}
