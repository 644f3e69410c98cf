using System.CommandLine;
using System.Globalization;
using Mdev.Sdk;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Output;

namespace Mdev.Tool.Verbs;

/// <summary><c>stop</c>: removes a device, if need be after its user has let it go.</summary>
internal sealed class StopVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<Guid?> _uuid;
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Turn the user away at once." };
    private readonly Option<bool> _wait = new("--wait") { Description = "Do not ask the user to let it go, only wait." };
    private readonly Option<double?> _deadline = new("--deadline")
    {
        Description = "Give up after so many seconds while it is in use (EBUSY); it then goes on as before. Wait for ever if not given.",
        HelpName = "SECONDS",
        CustomParser = result =>
        {
            string text = result.Tokens is [var token] ? token.Value : "";
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= 1_000_000)
                return seconds;
            result.AddError($"--deadline takes 0 to 1000000 seconds, not '{text}'.");
            return null;
        },
    };

    public StopVerb(Surroundings surroundings)
        : base(
            "stop",
            "Stop a device, after the virtual machine that uses it has let it go.",
            "The virtual machine is asked at once and every ten seconds, and waited for. Interrupting the verb leaves the device as it was.",
            "stop -u UUID", "stop -u UUID --deadline 5", "stop -u UUID --force")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.Uuid(surroundings, "Its UUID.", isRequired: true);
        foreach (Option option in (Option[])[_uuid, _force, _wait, _deadline])
            Options.Add(option);
    }

    protected override string? Wrong(ParseResult parsed)
    {
        if (parsed.GetValue(_force) && (parsed.GetValue(_wait) || IsGiven(parsed, _deadline)))
            return "--force waits for nothing, so it excludes --wait and --deadline.";
        return null;
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        RemoveMode mode = parsed.GetValue(_force) ? RemoveMode.Force : parsed.GetValue(_wait) ? RemoveMode.Wait : RemoveMode.Request;
        (ControlClient client, InstanceInfo instance) = await _surroundings.Hosts.OfInstanceAsync(uuid, cancel).ConfigureAwait(false);
        using (client)
        {
            var arguments = new RemoveArguments(uuid, mode, parsed.GetValue(_deadline));
            Task removal = client.CallAsync(ControlVerbs.Remove, arguments, cancel);
            await Waiting.ForAsync(_surroundings, removal, () => TextOf(instance)).ConfigureAwait(false);
        }
        return 0;
    }

    private static string TextOf(InstanceInfo instance) =>
        $"waiting for {instance.Serving?.Client ?? "its user"} to let device {instance.Uuid} go; stop --force turns it away";
}
