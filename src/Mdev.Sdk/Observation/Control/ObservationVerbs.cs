using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Observation.Control;

/// <summary>The commands that look at a device.</summary>
internal static class ObservationVerbs
{
    private static readonly InspectionJson s_json = InspectionJson.Default;

    public static ControlVerb<InspectArguments, Inspection> Inspect { get; } = new("inspect", s_json.InspectArguments, s_json.Inspection);

    /// <summary>A stream.</summary>
    public static ControlVerb<TraceArguments, TraceEvent> Trace { get; } = new("trace", s_json.TraceArguments, s_json.TraceEvent);
}
