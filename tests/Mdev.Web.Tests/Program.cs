using Mdev.Sdk.Web;
using Mdev.Web.Tests.Device;

// A host program, as a vendor would write it.
return MdevProgram.Run(args, "A panel.", [], _ => new PanelParent(), [new WebScreens()]);
