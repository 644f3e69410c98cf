namespace Mdev.Tool.Verbs;

/// <summary>The verbs, in the order of the help.</summary>
internal static class AllVerbs
{
    public static IReadOnlyList<Verb> For(Surroundings surroundings) =>
    [
        new TypesVerb(surroundings),
        new ListVerb(surroundings),
        new DefineVerb(surroundings),
        new UndefineVerb(surroundings),
        new ModifyVerb(surroundings),
        new StartVerb(surroundings),
        new StopVerb(surroundings),
        new EventsVerb(surroundings),
        new InspectVerb(surroundings),
        new TraceVerb(surroundings),
        new ScreenshotVerb(surroundings),
        new MdevctlVerb(surroundings),
        new QemuVerb(surroundings),
        new LibvirtVerb(surroundings),
        new CloudHypervisorVerb(surroundings),
        new DoctorVerb(surroundings),
        new CompletionVerb(surroundings),
    ];
}
