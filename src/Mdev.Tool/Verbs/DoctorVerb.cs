using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Doctor;
using Mdev.Tool.Hosts;
using Spectre.Console;

namespace Mdev.Tool.Verbs;

/// <summary><c>doctor</c>: finds what goes wrong most, and says what to do.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Argument<Guid?> _uuid;
    private readonly Option<string?> _qemu = new("--qemu") { Description = "The QEMU to look at, instead of one on PATH.", HelpName = "PROGRAM" };
    private readonly Option<bool> _fix = new("--fix") { Description = "Remove what host processes that were killed have left." };

    public DoctorVerb(Surroundings surroundings)
        : base(
            "doctor",
            "Look for what goes wrong most, and say what to do.",
            "A line each: ok, warning or problem. The exit status is 1 if there is a problem.",
            "doctor", "doctor UUID --qemu /opt/qemu/bin/qemu-system-x86_64", "doctor --fix")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.UuidArgument(surroundings, "Look at this device alone.", isRequired: false);
        Arguments.Add(_uuid);
        Options.Add(_qemu);
        Options.Add(_fix);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_fix))
        {
            foreach (string path in Leftovers.Sweep(_surroundings.RuntimeDirectory))
                Print(Finding.Ok($"removed {path}"));
        }

        Guid? uuid = parsed.GetValue(_uuid);
        Patient patient = await ExamineAsync(parsed.GetValue(_qemu), uuid, cancel).ConfigureAwait(false);
        bool isIll = false;
        if (uuid is not null && patient.Instances.Count == 0)
        {
            Print(Absent(uuid.Value));
            isIll = true;
        }
        foreach (ICheck check in AllChecks.List)
        {
            foreach (Finding finding in await check.RunAsync(patient, cancel).ConfigureAwait(false))
            {
                Print(finding);
                isIll |= finding.Level == Level.Problem;
            }
        }
        return isIll ? 1 : 0;
    }

    private Finding Absent(Guid uuid) => _surroundings.Definitions.ParentsOf(uuid) is [var parent, ..]
        ? Finding.Problem($"device {uuid} is defined under {parent} and not active: dotnet mdev start -u {uuid} -p {parent}")
        : Finding.Problem($"device {uuid} is neither active nor defined: dotnet mdev list and list -d show those that are");

    private async Task<Patient> ExamineAsync(string? qemu, Guid? uuid, CancellationToken cancel)
    {
        List<string> silent = [];

        // Leftovers are reported, so they are not swept here.
        var hosts = new HostProcesses(_surroundings.RuntimeDirectory, message => { lock (silent) silent.Add(message); }, sweeps: false);
        IReadOnlyList<InstanceInfo> instances = [];
        IReadOnlyList<TypeInfo> types = [];
        IReadOnlyList<string> parents = [];
        try
        {
            instances = await hosts.InstancesAsync(uuid, cancel: cancel).ConfigureAwait(false);
            types = [.. (await hosts.AskAllAsync(ControlVerbs.Types, new TypesArguments(), cancel).ConfigureAwait(false)).SelectMany(a => a.Answer.Types)];
            parents = [.. (await hosts.AskAllAsync(ControlVerbs.Parents, Nothing.Instance, cancel).ConfigureAwait(false))
                .SelectMany(a => a.Answer.Parents).Select(p => p.Name)];
        }
        catch (MdevException)
        {
            // The directory cannot be read, which has a check of its own.
        }

        return new Patient
        {
            RuntimeDirectory = _surroundings.RuntimeDirectory,
            Definitions = _surroundings.Definitions,
            SearchPath = Programs.SearchPath,
            Qemu = qemu,
            Instances = instances,
            Types = types,
            Parents = parents,
            SilentHosts = [.. silent.Distinct()],
        };
    }

    private void Print(Finding finding)
    {
        string word = finding.Level switch { Level.Ok => "ok", Level.Warning => "warning", _ => "problem" };
        if (!Surroundings.IsForPeople)
        {
            _surroundings.Output.WriteLine($"{word,-8} {finding.Text}");
            return;
        }
        string colour = finding.Level switch { Level.Ok => "green", Level.Warning => "yellow", _ => "red" };
        _surroundings.Screen.MarkupLine($"[{colour}]{word,-8}[/] {Markup.Escape(finding.Text)}");
    }
}
